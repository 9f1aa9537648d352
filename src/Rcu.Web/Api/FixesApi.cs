using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Rcu.Resolution;
using Rcu.Unification.Fixes;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>The corrections the hub proposes: look for them, list them, accept or reject them, some or a whole group.</summary>
internal static class FixesApi
{
    private const string Read = "matches:read";
    private const string Write = "matches:write";
    private const string Example = """{ "kind": "contact", "code": "email.domain" }""";

    public static void Map(RouteGroupBuilder api)
    {
        var fixes = api.MapGroup("/fixes").WithTags("Fixes");
        fixes.MapGet("/", ListAsync).Is("fixes.list", Read);
        fixes.MapGet("/{kind}/{code}", PageAsync).Is("fixes.page", Read);
        api.MapPost("/fixes:search", SearchAsync).WithTags("Fixes").Is("fixes.search", Write).AddEndpointFilter<Idempotency>();
        api.MapPost("/fixes:accept", AcceptAsync).WithTags("Fixes").Is("fixes.accept", Write)
            .Accepts<AnswerFixes>("application/json").AddEndpointFilter<Idempotency>().WithExample(Example);
        api.MapPost("/fixes:reject", RejectAsync).WithTags("Fixes").Is("fixes.reject", Write)
            .Accepts<AnswerFixes>("application/json").AddEndpointFilter<Idempotency>().WithExample(Example);
    }

    private static async Task<Ok<ApiPage<GroupView>>> ListAsync(FixReview review, CancellationToken ct) => TypedResults.Ok(new ApiPage<GroupView>(
        [.. (await review.ListAsync(ct)).Select(g => new GroupView(g.Kind, g.Code, g.Count, [.. g.Samples.Select(FixView.Of)]))], null));

    private static async Task<Ok<ApiPage<FixView>>> PageAsync(Choice<ClusterKind> kind, string code, Guid? cursor, FixReview review, CancellationToken ct)
    {
        var page = await review.PageAsync(kind.Value, code, cursor, ct);
        return TypedResults.Ok(new ApiPage<FixView>([.. page.Select(FixView.Of)], page.Count == FixReview.Shown ? page[^1].Id.ToString() : null));
    }

    private static async Task<Ok<SearchView>> SearchAsync(FixReview review, CancellationToken ct) =>
        TypedResults.Ok(new SearchView(await review.SearchAsync(ct)));

    private static async Task<Results<Ok<FixDone>, ProblemHttpResult>> AcceptAsync(
        HttpRequest request, FixReview review, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (command, refusal) = await request.ReadAsync<AnswerFixes>(texts, ct);
        return refusal ?? Answer(await review.AcceptAsync(command!, user.Name, ct), texts);
    }

    private static async Task<Results<Ok<FixDone>, ProblemHttpResult>> RejectAsync(
        HttpRequest request, FixReview review, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (command, refusal) = await request.ReadAsync<AnswerFixes>(texts, ct);
        return refusal ?? Answer(await review.RejectAsync(command!, user.Name, ct), texts);
    }

    private static Results<Ok<FixDone>, ProblemHttpResult> Answer(Result<FixDone> done, IStringLocalizer<Texts> texts) =>
        done.Succeeded ? TypedResults.Ok(done.Value) : done.Error.ToProblem(texts);

    /// <summary>The proposals of one problem, the first of them shown.</summary>
    internal sealed record GroupView(ClusterKind Kind, string Code, int Count, IReadOnlyList<FixView> Samples);

    /// <summary>One correction proposed.</summary>
    internal sealed record FixView(
        Guid Id, Guid RowId, string Name, IReadOnlyDictionary<string, string> Before, IReadOnlyDictionary<string, string> After, string Reason)
    {
        public static FixView Of(FixProposal f) => new(f.Id, f.GoldenId, f.Name, f.Before, f.After, f.Reason);
    }

    /// <summary>How many proposals wait.</summary>
    internal sealed record SearchView(long Waiting);
}
