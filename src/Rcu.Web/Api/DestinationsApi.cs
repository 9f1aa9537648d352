using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Rcu.Activation;
using Rcu.Jobs;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>The tools segments are pushed to: where each stands, send, stop and go on, and the log of what was sent.</summary>
internal static class DestinationsApi
{
    private const string Read = "activation:read";
    private const string Write = "activation:write";

    public static void Map(RouteGroupBuilder api)
    {
        var destinations = api.MapGroup("/destinations").WithTags("Destinations");
        destinations.MapGet("/", ListAsync).Is("destinations.list", Read);
        destinations.MapPost("/", CreateAsync).Is("destinations.create", Write).Accepts<SaveDestination>("application/json")
            .AddEndpointFilter<Idempotency>()
            .WithExample("""{ "name": "CRM", "kind": "webhook", "settings": { "url": "https://outil.example/rcu" }, "segmentId": "0198f2c4-7b1e-7c3a-9d52-5f8f4a1b2c3d" }""");
        destinations.MapGet("/{id:guid}", GetAsync).Is("destinations.get", Read);
        destinations.MapGet("/{id:guid}/deliveries", DeliveriesAsync).Is("destinations.deliveries", Read);
        destinations.MapPost("/{id:guid}/send", SendAsync).Is("destinations.send", Write).AddEndpointFilter<Idempotency>();
        destinations.MapPost("/{id:guid}/trial", TrialAsync).Is("destinations.trial", Write).AddEndpointFilter<Idempotency>();
        destinations.MapPost("/{id:guid}/resend", ResendAsync).Is("destinations.resend", Write).AddEndpointFilter<Idempotency>();
        destinations.MapPost("/{id:guid}/go-on", GoOnAsync).Is("destinations.go_on", Write).Accepts<GoOn>("application/json")
            .AddEndpointFilter<Idempotency>().WithExample("""{ "number": 240 }""");
        destinations.MapPost("/{id:guid}/pause", PauseAsync).Is("destinations.pause", Write).AddEndpointFilter<Idempotency>();
        destinations.MapPost("/{id:guid}/resume", ResumeAsync).Is("destinations.resume", Write).AddEndpointFilter<Idempotency>();
    }

    private static async Task<Ok<ApiPage<ToolView>>> ListAsync(ActivationLog log, CancellationToken ct) =>
        TypedResults.Ok(new ApiPage<ToolView>([.. (await log.DestinationsAsync(ct)).Select(ToolView.Of)], null));

    private static async Task<Results<Ok<ToolView>, ProblemHttpResult>> GetAsync(
        Guid id, ActivationLog log, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var found = await log.DestinationAsync(id, ct);
        return found.Succeeded ? TypedResults.Ok(ToolView.Of(found.Value)) : found.Error.ToProblem(texts);
    }

    private static async Task<Results<Created<ToolView>, ProblemHttpResult>> CreateAsync(
        HttpRequest request, Destinations destinations, ActivationLog log, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (command, refusal) = await request.ReadAsync<SaveDestination>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var created = await destinations.CreateAsync(command!, user.Name, ct);
        if (!created.Succeeded)
        {
            return created.Error.ToProblem(texts);
        }

        var view = (await log.DestinationAsync(created.Value.Id, ct)).Value!;
        return TypedResults.Created($"/api/v1/destinations/{created.Value.Id}", ToolView.Of(view));
    }

    private static async Task<Results<Ok<ApiPage<DeliveryView>>, ProblemHttpResult>> DeliveriesAsync(
        Guid id, Guid? runId, Choice<DeliveryStatus>? status, Guid? profileId, string? text, Guid? cursor, int? limit, ActivationLog log,
        IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var found = await log.DestinationAsync(id, ct);
        if (!found.Succeeded)
        {
            return found.Error.ToProblem(texts);
        }

        var size = Math.Min(ApiPage.Size(limit), ApiPage.Longest - 1);
        var lines = await log.LinesAsync(id, new LogFilter(runId, status?.Value, profileId, text, cursor), size + 1, ct);
        return TypedResults.Ok(ApiPage.Of(lines, size, DeliveryView.Of, line => line.Id));
    }

    private static async Task<Results<Accepted<HubApi.RunView>, ProblemHttpResult>> SendAsync(
        Guid id, Destinations destinations, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        Asked(await destinations.SendAsync(id, user.Name, ct), texts);

    private static async Task<Results<Accepted<HubApi.RunView>, ProblemHttpResult>> TrialAsync(
        Guid id, PushActs acts, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        Asked(await acts.TrialAsync(id, user.Name, ct), texts);

    // One profile, or all that wait and were refused.
    private static async Task<Results<Accepted<HubApi.RunView>, ProblemHttpResult>> ResendAsync(
        Guid id, Guid? profileId, Destinations destinations, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        Asked(await destinations.ResendAsync(id, profileId, user.Name, ct), texts);

    private static async Task<Results<Accepted<HubApi.RunView>, ProblemHttpResult>> GoOnAsync(
        Guid id, HttpRequest request, PushActs acts, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (body, refusal) = await request.ReadAsync<GoOn>(texts, ct);
        return refusal is not null ? refusal : Asked(await acts.GoOnAsync(id, body!.Number, user.Name, ct), texts);
    }

    private static Results<Accepted<HubApi.RunView>, ProblemHttpResult> Asked(Result<Run> asked, IStringLocalizer<Texts> texts) => asked.Succeeded
        ? TypedResults.Accepted($"/api/v1/runs/{asked.Value.Id}", HubApi.RunView.Of(asked.Value))
        : asked.Error.ToProblem(texts);

    private static async Task<Results<Ok<ToolView>, ProblemHttpResult>> PauseAsync(
        Guid id, Destinations destinations, ActivationLog log, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        await AnswerAsync(await destinations.PauseAsync(id, user.Name, ct), log, texts, ct);

    private static async Task<Results<Ok<ToolView>, ProblemHttpResult>> ResumeAsync(
        Guid id, Destinations destinations, ActivationLog log, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        await AnswerAsync(await destinations.ResumeAsync(id, user.Name, ct), log, texts, ct);

    private static async Task<Results<Ok<ToolView>, ProblemHttpResult>> AnswerAsync(
        Result<Destination> changed, ActivationLog log, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        changed.Succeeded ? await GetAsync(changed.Value.Id, log, texts, ct) : changed.Error.ToProblem(texts);

    /// <param name="Number">How many profiles the push takes away or changes, as a person read it.</param>
    internal sealed record GoOn(int Number);

    /// <summary>A tool and where it stands. Its secret is never shown.</summary>
    internal sealed record ToolView(
        Guid Id, string Name, string Kind, Guid? SegmentId, string? SegmentName, DestinationState State, string? StateReason, int? AskedNumber, int Present, int Waiting,
        int Rejected, Guid? LastRunId, RunStatus? LastRunStatus, DateTimeOffset? LastRunAt)
    {
        public static ToolView Of(DestinationView view) => new(
            view.Destination.Id, view.Destination.Name, view.Destination.Kind, view.Destination.SegmentId, view.SegmentName, view.Destination.State,
            view.Destination.StateReason, PushActs.Asked(view.Destination), view.Present, view.Waiting, view.Rejected, view.LastRun?.Id, view.LastRun?.Status, view.Destination.LastRunAt);
    }

    /// <summary>One thing that was sent, or not, and why.</summary>
    internal sealed record DeliveryView(
        Guid Id, Guid RunId, Guid ProfileId, string ProfileName, ChangeKind Change, DeliveryStatus Status, string? Reason, string? Answer, int Attempt,
        DateTimeOffset At)
    {
        public static DeliveryView Of(Delivery d) => new(d.Id, d.RunId, d.ProfileId, d.ProfileName, d.Change, d.Status, d.Reason, d.Answer, d.Attempt, d.At);
    }
}
