using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Exploration;
using Rcu.Security;
using Rcu.Unification.People;
using Rcu.Web.Hosting;
using Rcu.Web.Pages.Shared;

namespace Rcu.Web.Api;

/// <summary>What people say of people, as on the page of a contact: parts, stances, relations; and who can introduce someone to them.</summary>
internal static class PeopleApi
{
    private const string Read = "contacts:read";
    private const string Write = "contacts:write";
    private const string Role = """{ "accountId": "01a1c0de-0000-7000-8000-000000000002", "function": "prescriber", "startedOn": "2025-01-01", "remark": "Commissaire aux comptes" }""";
    private const string Stance = """{ "accountId": "01a1c0de-0000-7000-8000-000000000002", "stance": "favourable", "seenOn": "2026-11-12", "toldBy": "Réunion de lancement" }""";
    private const string Relation = """{ "otherId": "01a1c0de-0000-7000-8000-000000000002", "kind": "reports_to", "startedOn": "2024-09-01" }""";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/contacts/{id:guid}/roles", SayRoleAsync).WithTags("Roles").Is("roles.say", Write)
            .Accepts<RoleBody>("application/json").AddEndpointFilter<Idempotency>().WithExample(Role);
        api.MapGet("/roles/{id:guid}", GetRoleAsync).WithTags("Roles").Is("roles.get", Read);
        api.MapPut("/roles/{id:guid}", ChangeRoleAsync).WithTags("Roles").Is("roles.change", Write)
            .Accepts<RoleBody>("application/json").ProducesProblem(StatusCodes.Status412PreconditionFailed).WithExample(Role);
        api.MapDelete("/roles/{id:guid}", RemoveRoleAsync).WithTags("Roles").Is("roles.remove", Write).ProducesProblem(StatusCodes.Status412PreconditionFailed);

        api.MapGet("/contacts/{id:guid}/stances", StancesAsync).WithTags("Roles").Is("stances.list", Read);
        api.MapPost("/contacts/{id:guid}/stances", SayStanceAsync).WithTags("Roles").Is("stances.say", Write)
            .Accepts<StanceBody>("application/json").AddEndpointFilter<Idempotency>().WithExample(Stance);
        api.MapPut("/stances/{id:guid}", ChangeStanceAsync).WithTags("Roles").Is("stances.change", Write)
            .Accepts<StanceBody>("application/json").ProducesProblem(StatusCodes.Status412PreconditionFailed).WithExample(Stance);
        api.MapDelete("/stances/{id:guid}", RemoveStanceAsync).WithTags("Roles").Is("stances.remove", Write).ProducesProblem(StatusCodes.Status412PreconditionFailed);

        api.MapPost("/contacts/{id:guid}/relations", SayRelationAsync).WithTags("Relations").Is("relations.say", Write)
            .Accepts<RelationBody>("application/json").AddEndpointFilter<Idempotency>().WithExample(Relation);
        api.MapPut("/relations/{id:guid}", ChangeRelationAsync).WithTags("Relations").Is("relations.change", Write)
            .Accepts<RelationBody>("application/json").ProducesProblem(StatusCodes.Status412PreconditionFailed).WithExample(Relation);
        api.MapDelete("/relations/{id:guid}", RemoveRelationAsync).WithTags("Relations").Is("relations.remove", Write).ProducesProblem(StatusCodes.Status412PreconditionFailed);
        api.MapGet("/contacts/{id:guid}/introductions", IntroductionsAsync).WithTags("Relations").Is("relations.introductions", Read);
    }

    private static async Task<Results<Created<SaidView>, ProblemHttpResult>> SayRoleAsync(Guid id, HttpRequest request, [AsParameters] Saying say)
    {
        var (body, refusal) = await request.ReadAsync<RoleBody>(say.Texts, say.Ct);
        return refusal ?? Created("roles", await say.Roles.SayAsync(say.Scope, body!.For(id), say.User.Name, say.Ct), request, say);
    }

    private static async Task<Results<Ok<SaidView>, ProblemHttpResult>> GetRoleAsync(Guid id, HttpRequest request, [AsParameters] Saying say) =>
        Answer(await say.Roles.FindAsync(say.Scope, id, say.Ct), request, say);

    private static async Task<Results<Ok<SaidView>, ProblemHttpResult>> ChangeRoleAsync(Guid id, HttpRequest request, [AsParameters] Saying say)
    {
        var (body, refusal) = await request.ReadAsync<RoleBody>(say.Texts, say.Ct);
        var (version, stale) = Seen(request, refusal is null ? (await say.Roles.FindAsync(say.Scope, id, say.Ct)).Value : null);
        return refusal ?? stale?.ToProblem(say.Texts)
            ?? Answer(await say.Roles.ChangeAsync(say.Scope, id, body!.For(Guid.Empty), version, say.User.Name, say.Ct), request, say);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveRoleAsync(Guid id, HttpRequest request, [AsParameters] Saying say)
    {
        var (version, stale) = Seen(request, (await say.Roles.FindAsync(say.Scope, id, say.Ct)).Value);
        return Gone(stale ?? (await say.Roles.RemoveAsync(say.Scope, id, version, say.User.Name, say.Ct)).Error, say);
    }

    private static async Task<Results<Ok<ApiPage<ContactStance>>, ProblemHttpResult>> StancesAsync(Guid id, ContactNetwork network, [AsParameters] Saying say) =>
        await say.Scope.Contacts(say.Db).AnyAsync(c => c.Id == id, say.Ct)
            ? TypedResults.Ok(new ApiPage<ContactStance>(await network.StancesAsync(say.Scope, id, say.Ct), null))
            : ExplorationErrors.ContactNotFound.ToProblem(say.Texts);

    private static async Task<Results<Created<SaidView>, ProblemHttpResult>> SayStanceAsync(Guid id, HttpRequest request, [AsParameters] Saying say)
    {
        var (body, refusal) = await request.ReadAsync<StanceBody>(say.Texts, say.Ct);
        return refusal ?? Created("stances", await say.Stances.SayAsync(say.Scope, body!.For(id), say.User.Name, say.Ct), request, say);
    }

    private static async Task<Results<Ok<SaidView>, ProblemHttpResult>> ChangeStanceAsync(Guid id, HttpRequest request, [AsParameters] Saying say)
    {
        var (body, refusal) = await request.ReadAsync<StanceBody>(say.Texts, say.Ct);
        var (version, stale) = Seen(request, refusal is null ? await say.Stances.FindAsync(say.Scope, id, say.Ct) : null);
        return refusal ?? stale?.ToProblem(say.Texts)
            ?? Answer(await say.Stances.ChangeAsync(say.Scope, id, body!.For(Guid.Empty), version, say.User.Name, say.Ct), request, say);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveStanceAsync(Guid id, HttpRequest request, [AsParameters] Saying say)
    {
        var (version, stale) = Seen(request, await say.Stances.FindAsync(say.Scope, id, say.Ct));
        return Gone(stale ?? (await say.Stances.RemoveAsync(say.Scope, id, version, say.User.Name, say.Ct)).Error, say);
    }

    private static async Task<Results<Created<SaidView>, ProblemHttpResult>> SayRelationAsync(Guid id, HttpRequest request, [AsParameters] Saying say)
    {
        var (body, refusal) = await request.ReadAsync<RelationBody>(say.Texts, say.Ct);
        return refusal ?? Created("relations", await say.Relations.SayAsync(say.Scope, body!.For(id), say.User.Name, say.Ct), request, say);
    }

    private static async Task<Results<Ok<SaidView>, ProblemHttpResult>> ChangeRelationAsync(Guid id, HttpRequest request, [AsParameters] Saying say)
    {
        var (body, refusal) = await request.ReadAsync<RelationBody>(say.Texts, say.Ct);
        var (version, stale) = Seen(request, refusal is null ? await say.Relations.FindAsync(say.Scope, id, say.Ct) : null);
        return refusal ?? stale?.ToProblem(say.Texts)
            ?? Answer(await say.Relations.ChangeAsync(say.Scope, id, body!.For(Guid.Empty), version, say.User.Name, say.Ct), request, say);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveRelationAsync(Guid id, HttpRequest request, [AsParameters] Saying say)
    {
        var (version, stale) = Seen(request, await say.Relations.FindAsync(say.Scope, id, say.Ct));
        return Gone(stale ?? (await say.Relations.RemoveAsync(say.Scope, id, version, say.User.Name, say.Ct)).Error, say);
    }

    // A key is nobody: the person who asks is named.
    private static async Task<Results<Ok<ApiPage<IntroductionView>>, ProblemHttpResult>> IntroductionsAsync(
        Guid id, string? reader, Introductions introductions, [AsParameters] Saying say)
    {
        if (string.IsNullOrWhiteSpace(reader))
        {
            return ApiProblem.Of(say.Texts, StatusCodes.Status400BadRequest, "relation.reader");
        }

        var ways = await introductions.FindAsync(say.Scope, id, [reader.Trim().ToLowerInvariant()], say.Ct);
        return TypedResults.Ok(new ApiPage<IntroductionView>([.. ways.Select(w => new IntroductionView(IntroductionText.Of(say.Texts, w), w.Through, w.Met, w.Steps))], null));
    }

    private static (int? Version, Error? Refusal) Seen(HttpRequest request, TypedFact? fact) => request.Headers.IfMatch.Count == 0 || fact is null
        ? (null, null)
        : (fact.Version, ETags.Refusal(request, Tag(fact)));

    // The database keeps microseconds.
    private static string Tag(TypedFact fact) => ETags.Of(fact.Version, new DateTimeOffset(fact.SetAt.UtcTicks / 10 * 10, TimeSpan.Zero));

    private static Results<Created<SaidView>, ProblemHttpResult> Created<T>(string path, Result<T> said, HttpRequest request, Saying say)
        where T : TypedFact
    {
        if (!said.Succeeded)
        {
            return said.Error.ToProblem(say.Texts);
        }

        request.HttpContext.Response.Headers.ETag = Tag(said.Value);
        return TypedResults.Created($"/api/v1/{path}/{said.Value.FactId}", SaidView.Of(said.Value));
    }

    private static Results<Ok<SaidView>, ProblemHttpResult> Answer<T>(Result<T> said, HttpRequest request, Saying say)
        where T : TypedFact
    {
        if (!said.Succeeded)
        {
            return said.Error.ToProblem(say.Texts);
        }

        request.HttpContext.Response.Headers.ETag = Tag(said.Value);
        return TypedResults.Ok(SaidView.Of(said.Value));
    }

    private static Results<NoContent, ProblemHttpResult> Gone(Error? refusal, Saying say) =>
        refusal is null ? TypedResults.NoContent() : refusal.ToProblem(say.Texts);

    /// <summary>A part played at an account. A change keeps the account it is played at.</summary>
    internal sealed record RoleBody(
        Guid AccountId, RoleFunction Function, string? JobTitle, Guid? ProductId, Guid? OpportunityId, DateOnly? StartedOn, DateOnly? EndedOn, string? Remark)
    {
        public SayRole For(Guid contact) => new(contact, AccountId, Function, JobTitle, ProductId, OpportunityId, StartedOn, EndedOn, Remark);
    }

    /// <summary>How the person stands towards us. A change keeps the account.</summary>
    internal sealed record StanceBody(Guid AccountId, Stance Stance, DateOnly? SeenOn, string? ToldBy, Guid? ProductId)
    {
        public SayStance For(Guid contact) => new(contact, AccountId, Stance, SeenOn, ToldBy, ProductId);
    }

    /// <summary>What binds the person to another, from the first to the other. A change keeps both.</summary>
    internal sealed record RelationBody(Guid OtherId, string Kind, DateOnly? StartedOn, DateOnly? EndedOn, string? Remark)
    {
        public SayRelation For(Guid contact) => new(contact, OtherId, Kind, StartedOn, EndedOn, Remark);
    }

    /// <summary>Something that was said, and the version a change is made over.</summary>
    internal sealed record SaidView(Guid Id, int Version, string By, DateTimeOffset At)
    {
        public static SaidView Of(TypedFact fact) => new(fact.FactId, fact.Version, fact.SetBy, fact.SetAt);
    }

    /// <summary>A way to the person, in one sentence and step by step.</summary>
    internal sealed record IntroductionView(string Sentence, NamedId Through, DateTimeOffset? Met, IReadOnlyList<IntroductionStep> Steps);

    /// <summary>Who says, and what answers.</summary>
    internal sealed record Saying(
        [FromServices] Roles Roles, [FromServices] Stances Stances, [FromServices] Relations Relations, [FromServices] RcuDb Db,
        [FromServices] AccountScope Scope, ClaimsPrincipal User, [FromServices] IStringLocalizer<Texts> Texts, CancellationToken Ct);
}
