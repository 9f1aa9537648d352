using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Rcu.Customers;
using Rcu.Security;
using Rcu.Segmentation;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>What stands around a segment: what is left out of it, its versions, who came and left, one person for each account.</summary>
internal static class SegmentActsApi
{
    private const string Read = "segments:read";
    private const string Write = "segments:write";

    public static void Map(RouteGroupBuilder api)
    {
        var segment = api.MapGroup("/segments/{id:guid}").WithTags("Segments");
        segment.MapGet("/exclusions", ExclusionsAsync).Is("segments.exclusions", Read);
        segment.MapPut("/exclusions/{why}", LiftAsync).Is("segments.lift_exclusion", Write).Accepts<LiftBody>("application/json")
            .WithExample("""{ "reason": "Courrier de rappel de sécurité, demandé par la direction" }""");
        segment.MapDelete("/exclusions/{why}", PutBackAsync).Is("segments.put_back_exclusion", Write);
        segment.MapGet("/versions", VersionsAsync).Is("segments.versions", Read);
        segment.MapPost("/versions/{version:int}:restore", RestoreAsync).Is("segments.restore", Write)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
        segment.MapGet("/events", EventsAsync).Is("segments.events", Read);
        segment.MapGet("/people", PeopleAsync).Is("segments.people", Read);
    }

    private static async Task<Results<Ok<ApiPage<ExcludedMembers>>, ProblemHttpResult>> ExclusionsAsync(
        Guid id, SegmentExclusions exclusions, AccountScope scope, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var read = await exclusions.ReadAsync(scope, id, ct);
        return read.Succeeded ? TypedResults.Ok(new ApiPage<ExcludedMembers>(read.Value, null)) : read.Error.ToProblem(texts);
    }

    private static async Task<Results<Ok<SegmentsApi.SegmentView>, ProblemHttpResult>> LiftAsync(
        Guid id, Exclusion why, HttpRequest request, SegmentExclusions exclusions, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (body, refusal) = await request.ReadAsync<LiftBody>(texts, ct);
        return refusal is not null ? refusal : Answer(await exclusions.LiftAsync(id, why, body!.Reason, user.Name, ct), texts);
    }

    private static async Task<Results<Ok<SegmentsApi.SegmentView>, ProblemHttpResult>> PutBackAsync(
        Guid id, Exclusion why, SegmentExclusions exclusions, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        Answer(await exclusions.PutBackAsync(id, why, user.Name, ct), texts);

    private static async Task<Results<Ok<ApiPage<VersionView>>, ProblemHttpResult>> VersionsAsync(
        Guid id, Segments segments, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var found = await segments.FindAsync(id, ct);
        return found.Succeeded
            ? TypedResults.Ok(new ApiPage<VersionView>([.. (await segments.VersionsAsync(id, ct)).Select(VersionView.Of)], null))
            : found.Error.ToProblem(texts);
    }

    private static async Task<Results<Ok<SegmentsApi.SegmentView>, ProblemHttpResult>> RestoreAsync(
        Guid id, int version, HttpRequest request, Segments segments, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        int.TryParse(request.Headers.IfMatch.ToString().Trim('"'), out var read)
            ? Answer(await segments.RestoreAsync(id, version, read, user.Name, ct), texts)
            : ApiProblem.Of(texts, StatusCodes.Status400BadRequest, "request.if_match");

    private static async Task<Results<Ok<ApiPage<SegmentEvent>>, ProblemHttpResult>> EventsAsync(
        Guid id, string? cursor, int? limit, SegmentMoveLog log, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        long after = 0;
        if (cursor is not null && !long.TryParse(cursor, out after))
        {
            return ApiProblem.Of(texts, StatusCodes.Status400BadRequest, "request.cursor");
        }

        var size = ApiPage.Size(limit);
        var read = await log.ReadAsync(id, after, size, ct);
        return read.Succeeded
            ? TypedResults.Ok(new ApiPage<SegmentEvent>(read.Value, read.Value.Count == size ? $"{read.Value[^1].Id}" : null))
            : read.Error.ToProblem(texts);
    }

    private static async Task<Results<Ok<ApiPage<ProjectedRow>>, ProblemHttpResult>> PeopleAsync(
        Guid id, RoleFunction[]? roles, string? cursor, int? limit, SegmentProjection projection, AccountScope scope, IStringLocalizer<Texts> texts,
        CancellationToken ct)
    {
        Guid after = default;
        if (cursor is not null && !Guid.TryParse(cursor, out after))
        {
            return ApiProblem.Of(texts, StatusCodes.Status400BadRequest, "request.cursor");
        }

        var size = ApiPage.Size(limit);
        var read = await projection.ReadAsync(scope, id, roles ?? [], cursor is null ? null : after, size, ct);
        return read.Succeeded
            ? TypedResults.Ok(new ApiPage<ProjectedRow>(read.Value, read.Value.Count == size ? $"{read.Value[^1].AccountId}" : null))
            : read.Error.ToProblem(texts);
    }

    private static Results<Ok<SegmentsApi.SegmentView>, ProblemHttpResult> Answer(Result<Segment> done, IStringLocalizer<Texts> texts) =>
        done.Succeeded ? TypedResults.Ok(SegmentsApi.SegmentView.Of(done.Value)) : done.Error.ToProblem(texts);

    /// <summary>Why an exclusion is lifted.</summary>
    internal sealed record LiftBody(string? Reason);

    /// <summary>What a segment was.</summary>
    internal sealed record VersionView(int Version, string Name, string? Description, Condition Rule, bool IsFrozen, string SetBy, DateTimeOffset SetAt)
    {
        public static VersionView Of(SegmentVersion v) => new(v.Version, v.Name, v.Description, v.Rule, v.IsFrozen, v.SetBy, v.SetAt);
    }
}
