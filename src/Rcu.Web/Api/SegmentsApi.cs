using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;
using Rcu.Security;
using Rcu.Segmentation;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>The segments: read, make and change them, count a rule, and page through those inside.</summary>
internal static class SegmentsApi
{
    private const string Read = "segments:read";
    private const string Write = "segments:write";

    private const string Rule =
        """{ "kind": "all", "of": [{ "kind": "compare", "field": "city", "operator": "Is", "values": ["Metz"] }] }""";

    public static void Map(RouteGroupBuilder api)
    {
        var segments = api.MapGroup("/segments").WithTags("Segments");
        segments.MapGet("/", ListAsync).Is("segments.list", Read);
        segments.MapPost("/", CreateAsync).Is("segments.create", Write).Accepts<SaveSegment>("application/json").AddEndpointFilter<Idempotency>()
            .WithExample($$"""{ "name": "Clients de Metz", "target": "accounts", "rule": {{Rule}} }""");
        segments.MapPost("/count", CountAsync).Is("segments.count", Read).Accepts<CountedRule>("application/json").AddEndpointFilter<Idempotency>()
            .WithExample($$"""{ "target": "accounts", "rule": {{Rule}} }""");
        segments.MapPost("/shape", ShapeAsync).Is("segments.shape", Read).Accepts<ShapedRule>("application/json").AddEndpointFilter<Idempotency>()
            .WithExample($$"""{ "target": "accounts", "rule": {{Rule}} }""");
        segments.MapGet("/{id:guid}", GetAsync).Is("segments.get", Read);
        segments.MapPut("/{id:guid}", UpdateAsync).Is("segments.update", Write).Accepts<SaveSegment>("application/json")
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .WithExample($$"""{ "name": "Clients de Metz", "target": "accounts", "rule": {{Rule}} }""");
        segments.MapDelete("/{id:guid}", ArchiveAsync).Is("segments.archive", Write);
        segments.MapGet("/{id:guid}/members", MembersAsync).Is("segments.members", Read);
    }

    private static async Task<Ok<ApiPage<SegmentView>>> ListAsync(Segments segments, CancellationToken ct) =>
        TypedResults.Ok(new ApiPage<SegmentView>([.. (await segments.ListAsync(ct)).Select(SegmentView.Of)], null));

    private static async Task<Results<Ok<SegmentView>, ProblemHttpResult>> GetAsync(
        Guid id, Segments segments, HttpResponse response, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        Answer(await segments.FindAsync(id, ct), response, texts);

    private static async Task<Results<Created<SegmentView>, ProblemHttpResult>> CreateAsync(
        HttpRequest request, Segments segments, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (command, refusal) = await request.ReadAsync<SaveSegment>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var created = await segments.CreateAsync(command!, user.Name, ct);
        return created.Succeeded
            ? TypedResults.Created($"/api/v1/segments/{created.Value.Id}", SegmentView.Of(created.Value))
            : created.Error.ToProblem(texts);
    }

    // A change says which version it was made on: two people would else undo each other without knowing.
    private static async Task<Results<Ok<SegmentView>, ProblemHttpResult>> UpdateAsync(
        Guid id, HttpRequest request, Segments segments, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (command, refusal) = await request.ReadAsync<SaveSegment>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        if (!int.TryParse(request.Headers.IfMatch.ToString().Trim('"'), out var version))
        {
            return ApiProblem.Of(texts, StatusCodes.Status400BadRequest, "request.if_match");
        }

        return Answer(await segments.UpdateAsync(id, command!, version, user.Name, ct), request.HttpContext.Response, texts);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ArchiveAsync(
        Guid id, Segments segments, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var archived = await segments.ArchiveAsync(id, user.Name, ct);
        return archived.Succeeded ? TypedResults.NoContent() : archived.Error.ToProblem(texts);
    }

    private static async Task<Results<Ok<SegmentCount>, ProblemHttpResult>> CountAsync(
        HttpRequest request, SegmentCounts counts, AccountScope scope, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (asked, refusal) = await request.ReadAsync<CountedRule>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var counted = await counts.CountAsync(scope, asked!.Target, asked.Rule, ct);
        return counted.Succeeded ? TypedResults.Ok(counted.Value) : counted.Error.ToProblem(texts);
    }

    private static async Task<Results<Ok<SegmentShape>, ProblemHttpResult>> ShapeAsync(
        HttpRequest request, SegmentShapes shapes, AccountScope scope, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (asked, refusal) = await request.ReadAsync<ShapedRule>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var shape = await shapes.ReadAsync(scope, asked!.Target, asked.Rule, asked.With, ct);
        return shape.Succeeded ? TypedResults.Ok(shape.Value) : shape.Error.ToProblem(texts);
    }

    private static async Task<Results<Ok<ApiPage<SegmentRow>>, ProblemHttpResult>> MembersAsync(
        Guid id, string? cursor, int? limit, SegmentPeople people, AccountScope scope, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        if (!TryRead(cursor, out var after))
        {
            return ApiProblem.Of(texts, StatusCodes.Status400BadRequest, "request.cursor");
        }

        var size = Math.Min(ApiPage.Size(limit), ApiPage.Longest - 1);
        var members = await people.MembersAsync(scope, id, after, size + 1, ct);
        if (!members.Succeeded)
        {
            return members.Error.ToProblem(texts);
        }

        var rows = members.Value;
        return TypedResults.Ok(new ApiPage<SegmentRow>([.. rows.Take(size)], rows.Count > size ? CursorAt(rows[size - 1]) : null));
    }

    private static Results<Ok<SegmentView>, ProblemHttpResult> Answer(Result<Segment> found, HttpResponse response, IStringLocalizer<Texts> texts)
    {
        if (!found.Succeeded)
        {
            return found.Error.ToProblem(texts);
        }

        response.Headers.ETag = $"\"{found.Value.Version}\"";
        return TypedResults.Ok(SegmentView.Of(found.Value));
    }

    private static string CursorAt(SegmentRow row) =>
        WebEncoders.Base64UrlEncode(JsonSerializer.SerializeToUtf8Bytes(new SegmentPosition(row.Name, row.Id)));

    private static bool TryRead(string? cursor, out SegmentPosition? after)
    {
        after = null;
        try
        {
            after = cursor is null ? null : JsonSerializer.Deserialize<SegmentPosition>(WebEncoders.Base64UrlDecode(cursor));
            return cursor is null || after is { Name: not null };
        }
        catch (Exception wrong) when (wrong is FormatException or JsonException)
        {
            return false;
        }
    }

    /// <summary>A rule that is being written.</summary>
    internal sealed record CountedRule(SegmentTarget Target, Condition Rule);

    /// <summary>A rule, and the segment it is compared with.</summary>
    internal sealed record ShapedRule(SegmentTarget Target, Condition Rule, Guid? With = null);

    /// <summary>A segment, its rule, and how many it gathers.</summary>
    internal sealed record SegmentView(
        Guid Id, string Name, string? Description, SegmentTarget Target, Condition Rule, bool IsFrozen, int MemberCount, int Version,
        DateTimeOffset? ComputedAt, int? ComputedInMs, BrokenReason? BrokenReason, IReadOnlyList<LiftedExclusion> Lifted, DateTimeOffset UpdatedAt)
    {
        public static SegmentView Of(Segment s) => new(
            s.Id, s.Name, s.Description, s.Target, s.Rule, s.IsFrozen, s.MemberCount, s.Version, s.ComputedAt, s.ComputedInMs, s.BrokenReason, s.Lifted, s.UpdatedAt);
    }
}
