using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Rcu.Data;
using Rcu.Matching;
using Rcu.Resolution;
using Rcu.Unification.Joins;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>The pairs that wait for a data steward: the queue, one of them with its reasons, judge it, take the judgement back.</summary>
internal static class MatchesApi
{
    private const string Read = "matches:read";
    private const string Write = "matches:write";

    public static void Map(RouteGroupBuilder api)
    {
        var matches = api.MapGroup("/matches").WithTags("Matches");
        matches.MapGet("/", ListAsync).Is("matches.list", Read);
        matches.MapGet("/groups", GroupsAsync).Is("matches.groups", Read);
        matches.MapGet("/{id:guid}", GetAsync).Is("matches.get", Read);
        matches.MapPut("/{id:guid}/judgement", JudgeAsync).Is("matches.judge", Write).Accepts<JudgePair>("application/json")
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .WithExample("""{ "judgement": "same", "reason": "Même société, vérifié par téléphone.", "values": { "phone": "01 99 00 12 34" } }""");
        matches.MapDelete("/{id:guid}/judgement", UndoAsync).Is("matches.undo", Write).ProducesProblem(StatusCodes.Status412PreconditionFailed);
        matches.MapGet("/quality", QualityAsync).Is("matches.quality", Read);
        matches.MapGet("/splits", SplitsAsync).Is("splits.list", Read);
        matches.MapGet("/splits/{id:guid}", SplitAsync).Is("splits.get", Read);
        matches.MapPut("/splits/{id:guid}/judgement", JudgeSplitAsync).Is("splits.judge", Write).Accepts<JudgeMatch>("application/json")
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .WithExample("""{ "judgement": "different" }""");
    }

    private static async Task<Ok<ApiPage<MatchView>>> ListAsync([AsParameters] QueueAsked asked, MatchQueue queue, CancellationToken ct) => TypedResults.Ok(
        ApiPage.Of(await queue.ListAsync(asked.ToFilter(), asked.Cursor, asked.Size + 1, ct), asked.Size, MatchView.Of, row => row.Match.Id));

    private static async Task<Ok<ApiPage<MatchGroupView>>> GroupsAsync([AsParameters] QueueAsked asked, MatchGroups groups, CancellationToken ct) => TypedResults.Ok(
        ApiPage.Of(await groups.ListAsync(asked.ToFilter(), asked.Cursor, asked.Size + 1, ct), asked.Size, MatchGroupView.Of, group => group.Lead.Match.Id));

    private static async Task<Results<Ok<MatchView>, ProblemHttpResult>> GetAsync(
        Guid id, HttpResponse response, MatchComparison comparison, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var pair = await comparison.FindAsync(id, ct);
        if (!pair.Succeeded)
        {
            return pair.Error.ToProblem(texts);
        }

        response.Headers.ETag = ETagOf(pair.Value.Match);
        return TypedResults.Ok(MatchView.Of(pair.Value.Row));
    }

    private static async Task<Results<Ok<JudgementView>, ProblemHttpResult>> JudgeAsync(
        Guid id, HttpRequest request, PairJudgements judgements, RcuDb db, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (command, refusal) = await request.ReadAsync<JudgePair>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        if (await StaleAsync(id, request, db, ct) is { } stale)
        {
            return stale.ToProblem(texts);
        }

        return Answer(await judgements.JudgeAsync(id, command!, user.Name, ct), request, texts);
    }

    private static async Task<Results<Ok<JudgementView>, ProblemHttpResult>> UndoAsync(
        Guid id, HttpRequest request, MatchReview review, RcuDb db, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        await StaleAsync(id, request, db, ct) is { } stale
            ? stale.ToProblem(texts)
            : Answer(await review.UndoAsync(id, user.Name, ct), request, texts);

    private static Results<Ok<JudgementView>, ProblemHttpResult> Answer(Result<Match> answered, HttpRequest request, IStringLocalizer<Texts> texts)
    {
        if (!answered.Succeeded)
        {
            return answered.Error.ToProblem(texts);
        }

        request.HttpContext.Response.Headers.ETag = ETagOf(answered.Value);
        return TypedResults.Ok(JudgementView.Of(answered.Value));
    }

    /// <summary>Somebody judged the pair since the caller read it.</summary>
    internal static async Task<Error?> StaleAsync(Guid id, HttpRequest request, RcuDb db, CancellationToken ct) =>
        request.Headers.IfMatch.Count > 0 && await db.Matches.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, ct) is { } match
            ? ETags.Refusal(request, ETagOf(match))
            : null;

    private static string ETagOf(Match match) => ETags.Of(match.Judgement, match.JudgedAt, match.ClosedAt);

    private static async Task<Ok<MatchQualityFigures>> QualityAsync(Choice<ClusterKind>? kind, MatchQuality quality, CancellationToken ct) =>
        TypedResults.Ok(await quality.MeasureAsync(kind?.Value ?? ClusterKind.Account, ct));

    private static async Task<Ok<ApiPage<SplitView>>> SplitsAsync(
        Choice<ClusterKind>? kind, Guid? cursor, int? limit, SplitReview review, CancellationToken ct)
    {
        var size = Math.Min(ApiPage.Size(limit), 99);
        var rows = await review.ListAsync(kind?.Value ?? ClusterKind.Account, cursor, size + 1, ct);
        return TypedResults.Ok(ApiPage.Of(rows, size, SplitView.Of, row => row.Split.Id));
    }

    private static async Task<Results<Ok<SplitView>, ProblemHttpResult>> SplitAsync(
        Guid id, HttpResponse response, SplitReview review, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var found = await review.FindAsync(id, ct);
        if (!found.Succeeded)
        {
            return found.Error.ToProblem(texts);
        }

        response.Headers.ETag = ETags.Of(found.Value.Split.Judgement, found.Value.Split.JudgedAt, found.Value.Split.ClosedAt);
        return TypedResults.Ok(SplitView.Of(found.Value));
    }

    private static async Task<Results<Ok<JudgementView>, ProblemHttpResult>> JudgeSplitAsync(
        Guid id, HttpRequest request, SplitReview review, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (command, refusal) = await request.ReadAsync<JudgeMatch>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        if (command!.Judgement is not (Judgement.Same or Judgement.Different))
        {
            return ApiProblem.Of(texts, StatusCodes.Status400BadRequest, "request.unreadable");
        }

        if (request.Headers.IfMatch.Count > 0 && await review.FindAsync(id, ct) is { Succeeded: true, Value.Split: { } seen }
            && ETags.Refusal(request, ETags.Of(seen.Judgement, seen.JudgedAt, seen.ClosedAt)) is { } stale)
        {
            return stale.ToProblem(texts);
        }

        var judged = await review.JudgeAsync(id, command.Judgement is Judgement.Different, user.Name, ct);
        return judged.Succeeded
            ? TypedResults.Ok(new JudgementView(judged.Value.Id, judged.Value.Judgement, judged.Value.JudgedBy, judged.Value.JudgedAt))
            : judged.Error.ToProblem(texts);
    }

    /// <summary>A golden row that would part: what would stay, what would leave, and what they have in common now.</summary>
    internal sealed record SplitView(
        Guid Id, ClusterKind Kind, Guid ClusterId, string Reason, IReadOnlyList<MatchSide> Staying, IReadOnlyList<MatchSide> Leaving, DateTimeOffset FoundAt)
    {
        public static SplitView Of(SplitRow row) =>
            new(row.Split.Id, row.Split.Kind, row.Split.ClusterId, row.Split.Reason, row.Kept, row.Parted, row.Split.FoundAt);
    }

    /// <summary>Where a pair stands after a judgement.</summary>
    internal sealed record JudgementView(Guid Id, Judgement Judgement, string? JudgedBy, DateTimeOffset? JudgedAt)
    {
        public static JudgementView Of(Match match) => new(match.Id, match.Judgement, match.JudgedBy, match.JudgedAt);
    }

    /// <summary>Pairs that hang together: the one that comes first, all of them, and how many accounts or contacts they would make one of.</summary>
    internal sealed record MatchGroupView(MatchView Lead, IReadOnlyList<Guid> MatchIds, int Golden)
    {
        public static MatchGroupView Of(MatchGroup group) => new(MatchView.Of(group.Lead), group.MatchIds, group.Golden);
    }

    /// <summary>Two records that may be one, with the score, the reasons, and what each says.</summary>
    internal sealed record MatchView(
        Guid Id, ClusterKind Kind, double Probability, double Weight, MatchBand Band, string Rule, string? Veto, string Why,
        IReadOnlyList<Evidence> Evidence, Judgement Judgement, string? JudgedBy, MatchSide? Left, MatchSide? Right)
    {
        public static MatchView Of(MatchRow row) => new(
            row.Match.Id, row.Match.Kind, row.Match.Probability, row.Match.Weight, row.Band, row.Match.Rule, row.Match.Veto, row.Match.Sentence,
            row.Match.Evidence, row.Match.Judgement, row.Match.JudgedBy, row.Left, row.Right);
    }
}
