using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Rcu.Matching;
using Rcu.Resolution;
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
        matches.MapGet("/{id:guid}", GetAsync).Is("matches.get", Read);
        matches.MapPut("/{id:guid}/judgement", JudgeAsync).Is("matches.judge", Write).Accepts<JudgeMatch>("application/json")
            .WithExample("""{ "judgement": "same", "reason": "Même société, vérifié par téléphone." }""");
        matches.MapDelete("/{id:guid}/judgement", UndoAsync).Is("matches.undo", Write);
    }

    private static async Task<Ok<ApiPage<MatchView>>> ListAsync(
        Choice<ClusterKind>? kind, Choice<MatchBand>? band, string? reason, string? blocker, string? source, string? otherSource, bool? unsure, Guid? cursor, int? limit,
        MatchQueue queue, CancellationToken ct)
    {
        var filter = new MatchFilter(kind?.Value ?? ClusterKind.Account, band?.Value, reason, blocker, source, otherSource, unsure ?? false);
        var size = Math.Min(ApiPage.Size(limit), 99);
        return TypedResults.Ok(ApiPage.Of(await queue.ListAsync(filter, cursor, size + 1, ct), size, MatchView.Of, row => row.Match.Id));
    }

    private static async Task<Results<Ok<MatchView>, ProblemHttpResult>> GetAsync(
        Guid id, MatchComparison comparison, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var pair = await comparison.FindAsync(id, ct);
        return pair.Succeeded ? TypedResults.Ok(MatchView.Of(pair.Value.Row)) : pair.Error.ToProblem(texts);
    }

    private static async Task<Results<Ok<JudgementView>, ProblemHttpResult>> JudgeAsync(
        Guid id, HttpRequest request, MatchReview review, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (command, refusal) = await request.ReadAsync<JudgeMatch>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var judged = await review.JudgeAsync(id, command!, user.Name, ct);
        return judged.Succeeded ? TypedResults.Ok(JudgementView.Of(judged.Value)) : judged.Error.ToProblem(texts);
    }

    private static async Task<Results<Ok<JudgementView>, ProblemHttpResult>> UndoAsync(
        Guid id, MatchReview review, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var undone = await review.UndoAsync(id, user.Name, ct);
        return undone.Succeeded ? TypedResults.Ok(JudgementView.Of(undone.Value)) : undone.Error.ToProblem(texts);
    }

    /// <summary>Where a pair stands after a judgement.</summary>
    internal sealed record JudgementView(Guid Id, Judgement Judgement, string? JudgedBy, DateTimeOffset? JudgedAt)
    {
        public static JudgementView Of(Match match) => new(match.Id, match.Judgement, match.JudgedBy, match.JudgedAt);
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
