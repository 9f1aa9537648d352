using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Rcu.Customers;
using Rcu.Exploration;
using Rcu.Resolution;
using Rcu.Security;
using Rcu.Unification;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>The group of an account, by branches with what each comes to, and the links that were declared in the hub.</summary>
internal static class GroupApi
{
    private const string Tie = """{ "otherId": "01a1c0de-0000-7000-8000-000000000002", "parent": true, "percentage": 60, "startedOn": "2021-04-01" }""";

    public static void Map(RouteGroupBuilder api)
    {
        var accounts = api.MapGroup("/accounts/{id:guid}").WithTags("Groups");
        accounts.MapGet("/group", TreeAsync).Is("groups.get", "accounts:read").Produces<GroupTree>().MayBeMerged();
        accounts.MapGet("/group/children", ChildrenAsync).Is("groups.children", "accounts:read");
        accounts.MapGet("/ties", DeclaredAsync).Is("ties.list", "accounts:read");
        accounts.MapPost("/ties", DeclareAsync).Is("ties.declare", "accounts:write").Accepts<TieBody>("application/json")
            .AddEndpointFilter<Idempotency>().WithExample(Tie);
        api.MapGet("/ties/{id:guid}", TieAsync).WithTags("Groups").Is("ties.get", "accounts:read");
        api.MapDelete("/ties/{id:guid}", RetireAsync).WithTags("Groups").Is("ties.remove", "accounts:write")
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
    }

    private static async Task<IResult> TreeAsync(Guid id, SourceKeys keys, HttpRequest request, [AsParameters] Asking ask) =>
        await ask.Sheets.ExistsAsync(ask.Scope, id, ask.Ct)
            ? TypedResults.Ok(await ask.Group.ReadAsync(ask.Scope, id, ask.Ct))
            : await keys.OrProblemAsync(ClusterKind.Account, id, ExplorationErrors.AccountNotFound, request, ask.Texts, ask.Ct);

    private static async Task<Ok<ApiPage<GroupNode>>> ChildrenAsync(Guid id, GroupCursor? cursor, [AsParameters] Asking ask)
    {
        var page = await ask.Group.ChildrenAsync(ask.Scope, id, cursor, ask.Ct);
        return TypedResults.Ok(new ApiPage<GroupNode>(page.Nodes, page.Next?.ToString()));
    }

    private static async Task<Ok<ApiPage<DeclaredTie>>> DeclaredAsync(Guid id, [AsParameters] Asking ask) =>
        TypedResults.Ok(new ApiPage<DeclaredTie>(await ask.Group.DeclaredAsync(ask.Scope, id, ask.Ct), null));

    private static async Task<Results<Created<DeclaredView>, ProblemHttpResult>> DeclareAsync(Guid id, HttpRequest request, [AsParameters] Asking ask)
    {
        var (body, refusal) = await request.ReadAsync<TieBody>(ask.Texts, ask.Ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var declared = await ask.Ties.DeclareAsync(ask.Scope, body!.For(id), ask.User.Name, ask.Ct);
        return declared.Succeeded
            ? TypedResults.Created($"/api/v1/accounts/{id}/ties", new DeclaredView(declared.Value.Id))
            : declared.Error.ToProblem(ask.Texts);
    }

    private static async Task<Results<Ok<PairsApi.TieView>, ProblemHttpResult>> TieAsync(Guid id, HttpResponse response, [AsParameters] Asking ask)
    {
        var found = await ask.Ties.FindAsync(id, ask.Ct);
        if (!found.Succeeded)
        {
            return found.Error.ToProblem(ask.Texts);
        }

        response.Headers.ETag = TagOf(found.Value);
        return TypedResults.Ok(PairsApi.TieView.Of(found.Value));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RetireAsync(Guid id, HttpRequest request, [AsParameters] Asking ask)
    {
        if (request.Headers.IfMatch.Count > 0 && await ask.Ties.FindAsync(id, ask.Ct) is { Succeeded: true, Value: { } seen }
            && ETags.Refusal(request, TagOf(seen)) is { } stale)
        {
            return stale.ToProblem(ask.Texts);
        }

        return (await ask.Ties.RetireAsync(id, ask.User.Name, ask.Ct)).Error is { } refusal ? refusal.ToProblem(ask.Texts) : TypedResults.NoContent();
    }

    // A word that was said does not change: it holds until it is taken back.
    private static string TagOf(AccountTie tie) => ETags.Of(1, tie.DeclaredAt);

    /// <summary>A link between the account and another.</summary>
    /// <param name="Parent">Whether the other is above this account.</param>
    /// <param name="Nature">A share of the capital unless said.</param>
    internal sealed record TieBody(
        Guid OtherId, bool Parent, TieNature? Nature, decimal? Percentage, DateOnly? StartedOn, DateOnly? EndedOn, string? Reason)
    {
        public DeclareTie For(Guid account) => new(
            Parent ? OtherId : account, Parent ? account : OtherId, Nature ?? TieNature.Capital, Percentage, StartedOn, EndedOn, Reason);
    }

    /// <summary>A link that was declared.</summary>
    internal sealed record DeclaredView(Guid Id);

    /// <summary>Who asks, and what answers.</summary>
    internal sealed record Asking(
        [FromServices] AccountGroup Group, [FromServices] AccountSheets Sheets, [FromServices] AccountTies Ties, [FromServices] AccountScope Scope,
        ClaimsPrincipal User, [FromServices] IStringLocalizer<Texts> Texts, CancellationToken Ct);
}
