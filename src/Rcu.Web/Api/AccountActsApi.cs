using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Rcu.Data;
using Rcu.Exploration;
using Rcu.Exploration.Desk;
using Rcu.Resolution;
using Rcu.Security;
using Rcu.Segmentation;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>What is done to accounts and contacts as wholes: join two, part a record from the others, search by a rule.</summary>
internal static class AccountActsApi
{
    private const string Write = "matches:write";
    private const string Merge = """{ "with": "01a1c0de-0000-7000-8000-000000000002", "reason": "Même société, vérifié par téléphone." }""";
    private const string Unmerge = """{ "recordId": "01a1c0de-0000-7000-8000-000000000003", "reason": "Deux sociétés du même groupe.", "leaving": ["tag:salon 2027"] }""";

    public static void Map(RouteGroupBuilder api)
    {
        foreach (var (path, tag, kind) in new[] { ("accounts", "Accounts", ClusterKind.Account), ("contacts", "Contacts", ClusterKind.Contact) })
        {
            api.MapPost($"/{path}/{{id:guid}}:merge", (Guid id, HttpRequest request, [AsParameters] Acting acting) => MergeAsync(kind, id, request, acting))
                .WithTags(tag).Is($"{path}.merge", Write).Accepts<MergeBody>("application/json").AddEndpointFilter<Idempotency>()
                .ProducesProblem(StatusCodes.Status412PreconditionFailed).WithExample(Merge);
            api.MapPost($"/{path}/{{id:guid}}:unmerge", (Guid id, HttpRequest request, [AsParameters] Acting acting) => UnmergeAsync(kind, id, request, acting))
                .WithTags(tag).Is($"{path}.unmerge", Write).Accepts<UnmergeBody>("application/json").AddEndpointFilter<Idempotency>()
                .ProducesProblem(StatusCodes.Status412PreconditionFailed).WithExample(Unmerge);
            api.MapGet($"/{path}/{{id:guid}}/records/{{recordId:guid}}/separation", (Guid id, Guid recordId, [AsParameters] Acting acting) => SeparationAsync(kind, id, recordId, acting))
                .WithTags(tag).Is($"{path}.separation", "matches:read");
        }

        api.MapPost("/accounts:search", SearchAsync).WithTags("Accounts").Is("accounts.search", "accounts:read").Accepts<SearchBody>("application/json")
            .WithExample("""{ "filter": { "department": "57" }, "sort": "revenue", "limit": 50 }""");
    }

    private static async Task<Results<Accepted<MergeView>, ProblemHttpResult>> MergeAsync(ClusterKind kind, Guid id, HttpRequest request, Acting acting)
    {
        var (body, refusal) = await request.ReadAsync<MergeBody>(acting.Texts, acting.Ct);
        if (refusal is not null)
        {
            return refusal;
        }

        if ((await RefusalAsync(kind, id, request, acting) ?? await RefusalAsync(kind, body!.With, null, acting)) is { } refused)
        {
            return refused.ToProblem(acting.Texts);
        }

        var merged = await acting.Merges.MergeAsync(kind, id, body!.With, body.Reason, acting.User.Name, acting.Ct);
        return merged.Succeeded
            ? TypedResults.Accepted((string?)null, new MergeView(merged.Value.Id, merged.Value.LeftRecordId, merged.Value.RightRecordId))
            : merged.Error.ToProblem(acting.Texts);
    }

    private static async Task<Results<Accepted<UnmergeView>, ProblemHttpResult>> UnmergeAsync(ClusterKind kind, Guid id, HttpRequest request, Acting acting)
    {
        var (body, refusal) = await request.ReadAsync<UnmergeBody>(acting.Texts, acting.Ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var refused = await RefusalAsync(kind, id, request, acting);
        if (refused is null && !await acting.Db.Links.AnyAsync(l => l.Kind == kind && l.ClusterId == id && l.RecordId == body!.RecordId, acting.Ct))
        {
            refused = ResolutionErrors.RecordNotLinked;
        }

        if (refused is not null)
        {
            return refused.ToProblem(acting.Texts);
        }

        var parted = await acting.Separations.PartAsync(kind, body!.RecordId, body.Reason, body.Leaving, acting.User.Name, acting.Ct);
        return parted.Succeeded ? TypedResults.Accepted((string?)null, new UnmergeView(parted.Value)) : parted.Error.ToProblem(acting.Texts);
    }

    private static async Task<Results<Ok<Separation>, ProblemHttpResult>> SeparationAsync(ClusterKind kind, Guid id, Guid recordId, Acting acting)
    {
        var refused = await RefusalAsync(kind, id, null, acting);
        var found = refused is null ? await acting.Separations.PreviewAsync(kind, recordId, acting.Ct) : refused;
        return found.Succeeded && found.Value.GoldenId == id ? TypedResults.Ok(found.Value) : (found.Error ?? ResolutionErrors.RecordNotLinked).ToProblem(acting.Texts);
    }

    // Not there, or not any more what was read.
    private static async Task<Error?> RefusalAsync(ClusterKind kind, Guid id, HttpRequest? request, Acting acting)
    {
        var found = kind is ClusterKind.Account
            ? await acting.Scope.Accounts(acting.Db).Where(a => a.Id == id).Select(a => new { a.Version, a.UpdatedAt }).SingleOrDefaultAsync(acting.Ct)
            : await acting.Scope.Contacts(acting.Db).Where(c => c.Id == id).Select(c => new { c.Version, c.UpdatedAt }).SingleOrDefaultAsync(acting.Ct);
        return found is null ? (kind is ClusterKind.Account ? ExplorationErrors.AccountNotFound : ExplorationErrors.ContactNotFound)
            : request is null ? null
            : ETags.Refusal(request, ETags.Of(found.Version, found.UpdatedAt));
    }

    private static async Task<Results<Ok<ApiPage<AccountLineView>>, ProblemHttpResult>> SearchAsync(
        HttpRequest request, AccountSearch search, AccountScope scope, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (body, refusal) = await request.ReadAsync<SearchBody>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var after = PageCursor.TryParse(body!.Cursor, null, out var cursor) ? cursor : null;
        var page = await search.ReadAsync(
            scope, body.Filter?.Filter ?? new AccountFilter(), body.Rule, body.Sort ?? AccountSort.Name, body.Reversed ?? false, after, ApiPage.Size(body.Limit), ct);
        return page.Succeeded
            ? TypedResults.Ok(new ApiPage<AccountLineView>([.. page.Value.Rows.Select(AccountLineView.Of)], page.Value.Next?.ToString()))
            : page.Error.ToProblem(texts);
    }

    /// <summary>The one to join with.</summary>
    internal sealed record MergeBody(Guid With, string? Reason);

    /// <summary>The record that leaves, and what was written since that goes along; what is proposed when nothing is said.</summary>
    internal sealed record UnmergeBody(Guid RecordId, string? Reason, IReadOnlyList<string>? Leaving);

    /// <summary>The decision that joins, by two of their records.</summary>
    internal sealed record MergeView(Guid DecisionId, Guid LeftRecordId, Guid RightRecordId);

    /// <summary>From how many others the record was parted.</summary>
    internal sealed record UnmergeView(int PartedFrom);

    /// <summary>Which accounts: the filters of the list, and a rule as segments write them.</summary>
    internal sealed record SearchBody(
        BatchesApi.FilterBody? Filter, Condition? Rule, AccountSort? Sort, bool? Reversed, string? Cursor, int? Limit);

    /// <summary>Who acts, and what answers.</summary>
    internal sealed record Acting(
        [FromServices] DirectMerges Merges, [FromServices] Separations Separations, [FromServices] RcuDb Db,
        [FromServices] AccountScope Scope, ClaimsPrincipal User, [FromServices] IStringLocalizer<Texts> Texts,
        CancellationToken Ct);
}
