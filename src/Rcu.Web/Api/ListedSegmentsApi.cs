using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Rcu.Security;
using Rcu.Segmentation;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>A list made a segment: its filters as a rule, and those put by hand in a segment that was picked by hand.</summary>
internal static class ListedSegmentsApi
{
    private const string Write = "segments:write";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/segments:from-list", FromListAsync).WithTags("Segments").Is("segments.from_list", Write)
            .Accepts<ListBody>("application/json").AddEndpointFilter<Idempotency>()
            .WithExample("""{ "name": "Garages de Moselle", "accounts": { "department": "57", "naf": "45.20" } }""");
        api.MapPost("/segments/{id:guid}/members", AddAsync).WithTags("Segments").Is("segments.add_members", Write)
            .Accepts<MembersBody>("application/json").ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .WithExample("""{ "ids": ["019a0000-0000-7000-8000-000000000001"] }""");
        api.MapPost("/segments/{id:guid}/members:remove", RemoveAsync).WithTags("Segments").Is("segments.remove_members", Write)
            .Accepts<MembersBody>("application/json").ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .WithExample("""{ "ids": ["019a0000-0000-7000-8000-000000000001"] }""");
    }

    private static async Task<Results<Created<SegmentsApi.SegmentView>, ProblemHttpResult>> FromListAsync(
        HttpRequest request, ListedSegments listed, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (body, refusal) = await request.ReadAsync<ListBody>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        if (body!.Accounts is null == body.Contacts is null)
        {
            return ApiProblem.Of(texts, StatusCodes.Status400BadRequest, "segment.which_list");
        }

        var made = body.Accounts is { } accounts
            ? await listed.CreateAsync(body.Name ?? "", accounts.Filter, user.Name, ct)
            : await listed.CreateAsync(body.Name ?? "", body.Contacts!.Filter, user.Name, ct);
        return made.Succeeded
            ? TypedResults.Created($"/api/v1/segments/{made.Value.Id}", SegmentsApi.SegmentView.Of(made.Value))
            : made.Error.ToProblem(texts);
    }

    private static async Task<Results<Ok<PickedView>, ProblemHttpResult>> AddAsync(
        Guid id, HttpRequest request, ListedSegments listed, AccountScope scope, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (body, refusal) = await request.ReadAsync<MembersBody>(texts, ct);
        return refusal is not null ? refusal
            : Answer(await listed.AddAsync(scope, id, body!.Ids ?? [], Version(request), user.Name, ct), request, texts);
    }

    private static async Task<Results<Ok<PickedView>, ProblemHttpResult>> RemoveAsync(
        Guid id, HttpRequest request, ListedSegments listed, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (body, refusal) = await request.ReadAsync<MembersBody>(texts, ct);
        return refusal is not null ? refusal
            : Answer(await listed.RemoveAsync(id, body!.Ids ?? [], Version(request), user.Name, ct), request, texts);
    }

    private static Results<Ok<PickedView>, ProblemHttpResult> Answer(Result<PickedMembers> done, HttpRequest request, IStringLocalizer<Texts> texts)
    {
        if (!done.Succeeded)
        {
            return done.Error.ToProblem(texts);
        }

        request.HttpContext.Response.Headers.ETag = $"\"{done.Value.Segment.Version}\"";
        return TypedResults.Ok(new PickedView(done.Value.Changed, done.Value.Segment.Version));
    }

    // Adding twice does no harm: only a program that wants to know says which version it read. One that says nonsense read none.
    private static int? Version(HttpRequest request) => request.Headers.IfMatch.Count == 0 ? null
        : int.TryParse(request.Headers.IfMatch.ToString().Trim('"'), out var version) ? version : -1;

    /// <summary>A list, of accounts or of people, and the name of the segment it becomes.</summary>
    internal sealed record ListBody(string? Name, BatchesApi.FilterBody? Accounts, ContactListsApi.PeopleFilter? Contacts);

    /// <summary>Who is put in, or taken out.</summary>
    internal sealed record MembersBody(IReadOnlyList<Guid>? Ids);

    /// <summary>Those who were put in or taken out, and the version of the segment since.</summary>
    internal sealed record PickedView(IReadOnlyList<Guid> Changed, int Version);
}
