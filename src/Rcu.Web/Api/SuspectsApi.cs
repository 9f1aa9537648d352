using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Rcu.Resolution;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>The accounts and contacts whose records do not all fit each other: list them, look at one, close the doubt.</summary>
internal static class SuspectsApi
{
    private const string Read = "matches:read";
    private const string Write = "matches:write";

    public static void Map(RouteGroupBuilder api)
    {
        var suspects = api.MapGroup("/matches/suspects").WithTags("Matches");
        suspects.MapGet("/", ListAsync).Is("suspects.list", Read);
        suspects.MapGet("/{id:guid}", GetAsync).Is("suspects.get", Read);
        suspects.MapPut("/{id:guid}/judgement", JudgeAsync).Is("suspects.judge", Write).Accepts<JudgeSuspect>("application/json")
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .WithExample("""{ "judgement": "same", "reason": "Une seule société, deux SIREN à la suite d’une fusion." }""");
    }

    private static async Task<Ok<ApiPage<SuspectView>>> ListAsync(
        Choice<ClusterKind>? kind, Guid? cursor, int? limit, SuspectReview review, CancellationToken ct)
    {
        var size = Math.Min(ApiPage.Size(limit), 99);
        var rows = await review.ListAsync(kind?.Value ?? ClusterKind.Account, cursor, size + 1, ct);
        return TypedResults.Ok(ApiPage.Of(rows, size, row => SuspectView.Of(row.Suspect, row.Name), row => row.Suspect.Id));
    }

    private static async Task<Results<Ok<SuspectGroupView>, ProblemHttpResult>> GetAsync(
        Guid id, HttpResponse response, SuspectReview review, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var found = await review.FindAsync(id, ct);
        if (found.Succeeded)
        {
            response.Headers.ETag = ETagOf(found.Value.Suspect);
        }

        return found.Succeeded
            ? TypedResults.Ok(new SuspectGroupView(SuspectView.Of(found.Value.Suspect, found.Value.Name), found.Value.Records, found.Value.Edges))
            : found.Error.ToProblem(texts);
    }

    private static async Task<Results<Ok<SuspectView>, ProblemHttpResult>> JudgeAsync(
        Guid id, HttpRequest request, SuspectReview review, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (command, refusal) = await request.ReadAsync<JudgeSuspect>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        if (request.Headers.IfMatch.Count > 0 && await review.FindAsync(id, ct) is { Succeeded: true, Value.Suspect: { } seen }
            && ETags.Refusal(request, ETagOf(seen)) is { } stale)
        {
            return stale.ToProblem(texts);
        }

        var judged = await review.JudgeAsync(id, command!, user.Name, ct);
        return judged.Succeeded ? TypedResults.Ok(SuspectView.Of(judged.Value, null)) : judged.Error.ToProblem(texts);
    }

    private static string ETagOf(Suspect suspect) => ETags.Of(suspect.Judgement, suspect.JudgedAt, suspect.ClosedAt);

    /// <summary>A doubtful account or contact: why, how much its records agree, and where it would part.</summary>
    internal sealed record SuspectView(
        Guid Id, ClusterKind Kind, Guid ClusterId, string? Name, string Doubt, double Fit, IReadOnlyList<Guid> RecordIds, IReadOnlyList<Guid> Leaving,
        string? WeakestLink, Guid ResolutionId, Judgement Judgement, string? Reason, string? JudgedBy, DateTimeOffset FoundAt, DateTimeOffset? ClosedAt)
    {
        public static SuspectView Of(Suspect suspect, string? name) => new(
            suspect.Id, suspect.Kind, suspect.ClusterId, name, suspect.Doubt, suspect.Fit, suspect.RecordIds, suspect.PartedRecordIds,
            suspect.Sentence, suspect.ResolutionId, suspect.Judgement, suspect.Reason, suspect.JudgedBy, suspect.FoundAt, suspect.ClosedAt);
    }

    /// <summary>One of them with its records.</summary>
    internal sealed record SuspectGroupView(SuspectView Suspect, IReadOnlyList<SuspectRecord> Records, IReadOnlyList<SuspectEdge> Edges);
}
