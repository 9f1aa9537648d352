using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Exploration;
using Rcu.Ingestion.Pushing;
using Rcu.Security;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>What is known around accounts and contacts: the parts people play, what happened, the commercial papers.</summary>
internal static class FactsApi
{
    private const string Read = "accounts:read";
    private const string Write = "accounts:write";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/roles", RolesAsync).WithTags("Roles").Is("roles.list", Read);
        api.MapGet("/interactions", InteractionsAsync).WithTags("Interactions").Is("interactions.list", Read);
        api.MapPost("/interactions", PushInteractionAsync).WithTags("Interactions").Is("interactions.push", Write)
            .Accepts<InteractionPush>("application/json").AddEndpointFilter<Idempotency>()
            .WithExample("""{ "source": "crm", "key": "call-1842", "fields": { "accountKey": "0018d", "kind": "call", "at": "2026-11-02T09:30:00Z", "subject": "Relance du devis" } }""");
        api.MapGet("/documents", DocumentsAsync).WithTags("Documents").Is("documents.list", Read);
        api.MapGet("/documents/{accountId:guid}/{id:guid}/lines", LinesAsync).WithTags("Documents").Is("documents.lines", Read);
        api.MapPost("/documents", PushDocumentAsync).WithTags("Documents").Is("documents.push", Write)
            .Accepts<DocumentPush>("application/json").AddEndpointFilter<Idempotency>()
            .WithExample("""{ "source": "erp", "key": "FA-2026-0042", "fields": { "accountKey": "C00127", "number": "FA-2026-0042", "type": "invoice", "date": "2026-11-02", "net": 1250.50, "paid": false } }""");
    }

    private static async Task<Ok<ApiPage<RoleView>>> RolesAsync(
        Guid? accountId, Guid? contactId, Guid? cursor, int? limit, RcuDb db, AccountScope scope, CancellationToken ct)
    {
        var roles = scope.Roles(db);
        roles = accountId is { } account ? roles.Where(r => r.AccountId == account) : roles;
        roles = contactId is { } contact ? roles.Where(r => r.ContactId == contact) : roles;
        roles = cursor is { } after ? roles.Where(r => r.Id > after) : roles;
        var size = ApiPage.Size(limit);
        return TypedResults.Ok(ApiPage.Of(await roles.OrderBy(r => r.Id).Take(size + 1).ToListAsync(ct), size, RoleView.Of, r => r.Id));
    }

    private static async Task<Results<Ok<ApiPage<TimelineItem>>, ProblemHttpResult>> InteractionsAsync(
        Guid? accountId, Guid? contactId, string? channel, string? source, TimelineCursor? cursor, int? limit, Timeline timeline,
        AccountScope scope, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        if (accountId is null && contactId is null)
        {
            return ApiProblem.Of(texts, StatusCodes.Status400BadRequest, "request.whose");
        }

        var filter = new TimelineFilter(accountId, contactId, TimelineNature.Interaction, channel, source);
        var page = await timeline.ReadAsync(scope, filter, cursor, ct, ApiPage.Size(limit));
        return TypedResults.Ok(new ApiPage<TimelineItem>(page.Items, page.Next?.ToString()));
    }

    private static async Task<Results<Ok<ApiPage<AccountDocument>>, ProblemHttpResult>> DocumentsAsync(
        Guid? accountId, TimelineCursor? cursor, AccountSales sales, AccountScope scope, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        if (accountId is not { } account)
        {
            return ApiProblem.Of(texts, StatusCodes.Status400BadRequest, "request.whose");
        }

        var (documents, next) = await sales.DocumentsAsync(scope, account, cursor, ct);
        return TypedResults.Ok(new ApiPage<AccountDocument>(documents, next?.ToString()));
    }

    private static async Task<Results<Ok<IReadOnlyList<AccountDocumentLine>>, ProblemHttpResult>> LinesAsync(
        Guid accountId, Guid id, AccountSales sales, RcuDb db, AccountScope scope, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        await scope.Documents(db).AnyAsync(d => d.AccountId == accountId && d.Id == id, ct)
            ? TypedResults.Ok(await sales.LinesAsync(scope, accountId, id, ct))
            : ExplorationErrors.DocumentNotFound.ToProblem(texts);

    private static async Task<Results<Accepted<PushView>, ProblemHttpResult>> PushInteractionAsync(
        HttpRequest request, PushedRecords records, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (push, refusal) = await request.ReadAsync<InteractionPush>(texts, ct);
        return refusal ?? await PushAsync(push!.Source, push.Key, push.Fields, records, user, texts, ct);
    }

    private static async Task<Results<Accepted<PushView>, ProblemHttpResult>> PushDocumentAsync(
        HttpRequest request, PushedRecords records, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (push, refusal) = await request.ReadAsync<DocumentPush>(texts, ct);
        return refusal ?? await PushAsync(push!.Source, push.Key, push.Fields, records, user, texts, ct);
    }

    private static async Task<Results<Accepted<PushView>, ProblemHttpResult>> PushAsync(
        string source, string key, PushedFields fields, PushedRecords records, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var pushed = await records.PushAsync(new PushRecord(source, key, fields), user.Name, ct);
        return pushed.Succeeded
            ? TypedResults.Accepted((string?)null, PushView.Of(source, key, pushed.Value, null))
            : pushed.Error.ToProblem(texts);
    }

    /// <summary>Something that happened, as one source knows it under one key.</summary>
    internal sealed record InteractionPush(string Source, string Key, InteractionFields Fields);

    /// <summary>A commercial paper, as one source knows it under one key.</summary>
    internal sealed record DocumentPush(string Source, string Key, DocumentFields Fields);

    /// <summary>The part a contact plays at an account.</summary>
    internal sealed record RoleView(
        Guid Id, Guid AccountId, Guid ContactId, RoleFunction Function, string? JobTitle, bool IsOutsider, DateOnly? StartedOn, DateOnly? EndedOn,
        Stance? Stance, string Source, string Why)
    {
        public static RoleView Of(Role r) => new(
            r.Id, r.AccountId, r.ContactId, r.Function, r.JobTitle, r.IsOutsider, r.StartedOn, r.EndedOn, r.Stance, r.Source, r.Reason);
    }
}
