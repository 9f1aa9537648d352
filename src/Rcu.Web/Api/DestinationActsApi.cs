using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Rcu.Activation;
using Rcu.Jobs;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>What else is done with tools: who must be looked at, telling everything again and what that costs, a new signature.</summary>
internal static class DestinationActsApi
{
    private const string Read = "activation:read";
    private const string Write = "activation:write";

    public static void Map(RouteGroupBuilder api)
    {
        var destinations = api.MapGroup("/destinations").WithTags("Destinations");
        destinations.MapGet("/alerts", AlertsAsync).Is("destinations.alerts", Read);
        destinations.MapGet("/{id:guid}/resync", CostAsync).Is("destinations.resync_cost", Read);
        destinations.MapPost("/{id:guid}/resync", ResyncAsync).Is("destinations.resync", Write).AddEndpointFilter<Idempotency>();
        destinations.MapPost("/{id:guid}/replay", ReplayAsync).Is("destinations.replay", Write).Accepts<Replay>("application/json").AddEndpointFilter<Idempotency>()
            .WithExample("""{ "since": "2026-03-01T08:00:00Z" }""");
        destinations.MapPost("/{id:guid}/rotate-secret", RotateAsync).Is("destinations.rotate_secret", Write);
    }

    private static async Task<Ok<ApiPage<DestinationAlert>>> AlertsAsync(DestinationAlerts alerts, CancellationToken ct) =>
        TypedResults.Ok(new ApiPage<DestinationAlert>([.. await alerts.ReadAsync(ct)], null));

    private static async Task<Results<Ok<Cost>, ProblemHttpResult>> CostAsync(Guid id, Resync resync, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var cost = await resync.CostAsync(id, ct);
        return cost.Succeeded ? TypedResults.Ok(Cost.Of(cost.Value)) : cost.Error.ToProblem(texts);
    }

    private static async Task<Results<Accepted<HubApi.RunView>, ProblemHttpResult>> ResyncAsync(
        Guid id, Resync resync, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct) => Asked(await resync.RunAsync(id, user.Name, ct), texts);

    private static async Task<Results<Accepted<HubApi.RunView>, ProblemHttpResult>> ReplayAsync(
        Guid id, HttpRequest request, Destinations destinations, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (body, refusal) = await request.ReadAsync<Replay>(texts, ct);
        return refusal is not null ? refusal : Asked(await destinations.ReplayAsync(id, body!.Since.ToUniversalTime(), user.Name, ct), texts);
    }

    private static async Task<Results<Ok<Fresh>, ProblemHttpResult>> RotateAsync(
        Guid id, PushActs acts, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var made = await acts.RotateSecretAsync(id, user.Name, ct);
        return made.Succeeded ? TypedResults.Ok(new Fresh(made.Value)) : made.Error.ToProblem(texts);
    }

    private static Results<Accepted<HubApi.RunView>, ProblemHttpResult> Asked(Result<Run> asked, IStringLocalizer<Texts> texts) => asked.Succeeded
        ? TypedResults.Accepted($"/api/v1/runs/{asked.Value.Id}", HubApi.RunView.Of(asked.Value))
        : asked.Error.ToProblem(texts);

    /// <param name="Since">What the tool took from then on is told again.</param>
    internal sealed record Replay(DateTimeOffset Since);

    /// <param name="Secret">Shown this once. The former one signs too for a day.</param>
    internal sealed record Fresh(string Secret);

    /// <param name="Seconds">How long, at least; null when nothing is known of it yet.</param>
    /// <param name="CallsPerSecond">What the tool allows; null when it says nothing of it.</param>
    internal sealed record Cost(int Profiles, int Calls, double? Seconds, double? CallsPerSecond)
    {
        public static Cost Of(ResyncCost cost) => new(cost.Profiles, cost.Calls, cost.Took?.TotalSeconds, cost.PerSecond);
    }
}
