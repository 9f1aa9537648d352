using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Rcu.Activation;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>Where Zapier, Make and others subscribe an address of theirs to a segment, and unsubscribe it.</summary>
internal static class RestHooksApi
{
    private const string Write = "activation:write";

    public static void Map(RouteGroupBuilder api)
    {
        var hooks = api.MapGroup("/rest-hooks").WithTags("Destinations");
        hooks.MapPost("/", SubscribeAsync).Is("rest_hooks.subscribe", Write).Accepts<Subscription>("application/json").AddEndpointFilter<Idempotency>()
            .WithExample("""{ "targetUrl": "https://hooks.exemple.fr/a1b2", "segmentId": "0198f2c4-7b1e-7c3a-9d52-5f8f4a1b2c3d" }""");
        hooks.MapDelete("/{id:guid}", UnsubscribeAsync).Is("rest_hooks.unsubscribe", Write);
    }

    private static async Task<Results<Created<Subscribed>, ProblemHttpResult>> SubscribeAsync(
        HttpRequest request, RestHooks hooks, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (body, refusal) = await request.ReadAsync<Subscription>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        if (!Uri.TryCreate(body!.TargetUrl, UriKind.Absolute, out var target))
        {
            return ActivationErrors.BadAddress.ToProblem(texts);
        }

        var made = await hooks.SubscribeAsync(target, body.SegmentId, user.Name, ct);
        return made.Succeeded
            ? TypedResults.Created($"/api/v1/rest-hooks/{made.Value.Id}", new Subscribed(made.Value.Id, target, body.SegmentId))
            : made.Error.ToProblem(texts);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> UnsubscribeAsync(
        Guid id, RestHooks hooks, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var ended = await hooks.UnsubscribeAsync(id, user.Name, ct);
        return ended.Succeeded ? TypedResults.NoContent() : ended.Error.ToProblem(texts);
    }

    /// <param name="TargetUrl">Where to post: a public https address.</param>
    /// <param name="SegmentId">Whose members are told there.</param>
    internal sealed record Subscription(string TargetUrl, Guid SegmentId);

    /// <param name="Id">What unsubscribes it.</param>
    internal sealed record Subscribed(Guid Id, Uri TargetUrl, Guid SegmentId);
}
