using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Rcu.Matching;
using Rcu.Resolution;
using Rcu.Web.Hosting;
using Rcu.Web.Pages.Matches;

namespace Rcu.Web.Api;

/// <summary>What stewards decided: the history, many pairs at once, several accounts at once, and the way back.</summary>
internal static class DecisionsApi
{
    private const string Read = "matches:read";
    private const string Write = "matches:write";
    private const string Bulk = """{ "filter": { "kind": "account", "reason": "phone" }, "judgement": "same", "atLeast": 0.95, "looked": 230 }""";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/matches/decisions", ListAsync).WithTags("Matches").Is("decisions.list", Read);
        api.MapGet("/matches/fusions", FusionsAsync).WithTags("Matches").Is("fusions.list", Read);
        api.MapGet("/matches/fusions/{kind}/{id:guid}", StoryAsync).WithTags("Matches").Is("fusions.story", Read);
        api.MapDelete("/matches/decisions/{id:guid}", RevokeAsync).WithTags("Matches").Is("decisions.revoke", Write);
        api.MapDelete("/matches/batches/{id:guid}", RevokeBatchAsync).WithTags("Matches").Is("decisions.batch", Write);
        api.MapPost("/matches:try", TryAsync).WithTags("Matches").Is("matches.bulk.try", Read).Accepts<BulkJudge>("application/json").WithExample(Bulk);
        api.MapPost("/matches:judge", JudgeAsync).WithTags("Matches").Is("matches.bulk", Write).Accepts<BulkJudge>("application/json")
            .AddEndpointFilter<Idempotency>().WithExample(Bulk);
        api.MapPost("/accounts:merge", MergeAsync).WithTags("Accounts").Is("accounts.merge_all", Write).Accepts<MergeAllBody>("application/json")
            .AddEndpointFilter<Idempotency>()
            .WithExample("""{ "ids": ["01a1c0de-0000-7000-8000-000000000001", "01a1c0de-0000-7000-8000-000000000002"], "reason": "Même société." }""");
    }

    private static async Task<Ok<ApiPage<DecisionView>>> ListAsync(Guid? cursor, int? limit, MatchHistory history, CancellationToken ct)
    {
        var size = Math.Min(ApiPage.Size(limit), 99);
        return TypedResults.Ok(ApiPage.Of(await history.ListAsync(cursor, size + 1, ct), size, DecisionView.Of, row => row.Decision.Id));
    }

    private static async Task<Ok<ApiPage<Fusion>>> FusionsAsync(
        Choice<ClusterKind>? kind, Choice<FusionKind>? what, DateTimeOffset? since, DateTimeOffset? until, string? who, bool? byHand, string? cursor, int? limit,
        ClusterStories stories, CancellationToken ct)
    {
        var size = Math.Min(ApiPage.Size(limit), 99);
        var rows = await stories.ListAsync(
            new FusionFilter(kind?.Value ?? ClusterKind.Account, what?.Value, since?.ToUniversalTime(), until?.ToUniversalTime(), who, byHand), FusionsModel.Read(cursor), size + 1, ct);
        return TypedResults.Ok(new ApiPage<Fusion>([.. rows.Take(size)], rows.Count > size ? FusionsModel.Place(rows[size - 1]) : null));
    }

    private static async Task<Ok<IReadOnlyList<StoryStep>>> StoryAsync(Choice<ClusterKind> kind, Guid id, ClusterStories stories, CancellationToken ct) =>
        TypedResults.Ok(await stories.OfAsync(kind.Value, id, ct));

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        Guid id, DecisionUndo undo, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var revoked = await undo.RevokeAsync(id, user.Name, ct);
        return revoked.Succeeded ? TypedResults.NoContent() : revoked.Error.ToProblem(texts);
    }

    private static async Task<Results<Ok<RevokedView>, ProblemHttpResult>> RevokeBatchAsync(
        Guid id, DecisionUndo undo, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var revoked = await undo.RevokeBatchAsync(id, user.Name, ct);
        return revoked.Succeeded ? TypedResults.Ok(new RevokedView(revoked.Value)) : revoked.Error.ToProblem(texts);
    }

    private static async Task<Results<Ok<BulkTrialView>, ProblemHttpResult>> TryAsync(
        HttpRequest request, BulkJudgements bulk, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (command, refusal) = await request.ReadAsync<BulkJudge>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var trial = await bulk.TryAsync(command!, ct);
        return trial.Succeeded
            ? TypedResults.Ok(new BulkTrialView(
                trial.Value.Pairs, trial.Value.LeftOut, trial.Value.Golden, trial.Value.Lowest, [.. trial.Value.Drawn.Select(MatchesApi.MatchView.Of)], trial.Value.Beyond))
            : trial.Error.ToProblem(texts);
    }

    private static async Task<Results<Accepted<BulkDone>, ProblemHttpResult>> JudgeAsync(
        HttpRequest request, BulkJudgements bulk, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (command, refusal) = await request.ReadAsync<BulkJudge>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var done = await bulk.DecideAsync(command!, user.Name, ct);
        return done.Succeeded ? TypedResults.Accepted((string?)null, done.Value) : done.Error.ToProblem(texts);
    }

    private static async Task<Results<Accepted<MergedAllView>, ProblemHttpResult>> MergeAsync(
        HttpRequest request, DirectMerges merges, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (body, refusal) = await request.ReadAsync<MergeAllBody>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var merged = await merges.MergeAllAsync(ClusterKind.Account, body!.Ids, body.Reason, user.Name, ct);
        return merged.Succeeded ? TypedResults.Accepted((string?)null, new MergedAllView(merged.Value)) : merged.Error.ToProblem(texts);
    }

    /// <summary>The accounts to join.</summary>
    internal sealed record MergeAllBody(IReadOnlyList<Guid> Ids, string? Reason);

    /// <summary>The act that joined them, to take back whole.</summary>
    internal sealed record MergedAllView(Guid Batch);

    /// <summary>How many decisions were taken back.</summary>
    internal sealed record RevokedView(int Decisions);

    /// <summary>What a judgement on many pairs would do, and some of them.</summary>
    internal sealed record BulkTrialView(int Pairs, int LeftOut, int Golden, double? Lowest, IReadOnlyList<MatchesApi.MatchView> Sample, int Beyond);

    /// <summary>One decision and whether it stands.</summary>
    internal sealed record DecisionView(
        Guid Id, ClusterKind Kind, Verdict Verdict, Guid LeftRecordId, Guid RightRecordId, string? Left, string? Right, Guid? MatchId, Guid? Batch,
        string? Reason, string DecidedBy, DateTimeOffset DecidedAt, string? RevokedBy, DateTimeOffset? RevokedAt)
    {
        public static DecisionView Of(DecisionRow row) => new(
            row.Decision.Id, row.Decision.Kind, row.Decision.Verdict, row.Decision.LeftRecordId, row.Decision.RightRecordId, row.Left?.Name, row.Right?.Name,
            row.MatchId, row.Decision.BatchId, row.Decision.Reason, row.Decision.DecidedBy, row.Decision.DecidedAt, row.Decision.RevokedBy, row.Decision.RevokedAt);
    }
}
