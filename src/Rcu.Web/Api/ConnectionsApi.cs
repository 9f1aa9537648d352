using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Rcu.Ingestion.Connectors.Webhook;
using Rcu.Ingestion.Pulling;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>The sources the hub reads by itself: where each stands, declare, try, read now, stop and go on.</summary>
internal static class ConnectionsApi
{
    private const string Read = "imports:read";
    private const string Write = "imports:write";

    public static void Map(RouteGroupBuilder api)
    {
        var connections = api.MapGroup("/connections").WithTags("Connections");
        connections.MapGet("/", ListAsync).Is("connections.list", Read);
        connections.MapGet("/{id:guid}", GetAsync).Is("connections.get", Read);
        connections.MapPost("/", CreateAsync).Is("connections.create", Write).Accepts<SaveSourceConnection>("application/json")
            .AddEndpointFilter<Idempotency>().WithExample(Example);
        connections.MapPut("/{id:guid}", UpdateAsync).Is("connections.update", Write).Accepts<SaveSourceConnection>("application/json").WithExample(Example);
        connections.MapPost("/{id:guid}/test", TestAsync).Is("connections.test", Write).AddEndpointFilter<Idempotency>();
        connections.MapPost("/{id:guid}/pull", PullAsync).Is("connections.pull", Write).AddEndpointFilter<Idempotency>();
        connections.MapPost("/{id:guid}/pause", PauseAsync).Is("connections.pause", Write).AddEndpointFilter<Idempotency>();
        connections.MapPost("/{id:guid}/resume", ResumeAsync).Is("connections.resume", Write).AddEndpointFilter<Idempotency>();
        connections.MapPost("/{id:guid}/agree-absent", AgreeAsync).Is("connections.agree_absent", Write).AddEndpointFilter<Idempotency>();
        connections.MapPost("/{id:guid}/secret", RenewAsync).Is("connections.secret_renew", Write).AddEndpointFilter<Idempotency>();
        connections.MapPost("/{id:guid}/secret/retire-former", RetireAsync).Is("connections.secret_retire", Write).AddEndpointFilter<Idempotency>();
        connections.MapPost("/alerts/{alertId:guid}/close", CloseAsync).Is("connections.alert_close", Write).AddEndpointFilter<Idempotency>();
    }

    private const string Example =
        """{ "name": "Dépôt CRM", "kind": "folder", "source": "crm", "settings": { "folder": "crm", "pattern": "*.csv" }, "mapping": { "kind": "account", "keyColumns": ["id"], "fields": { "name": "nom", "city": "ville" } }, "everyMinutes": 10 }""";

    private static async Task<Ok<ApiPage<ConnectionView>>> ListAsync(SourceConnections connections, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var alerts = (await connections.AlertsAsync(null, ct)).ToLookup(a => a.ConnectionId);
        return TypedResults.Ok(new ApiPage<ConnectionView>([.. (await connections.ListAsync(ct)).Select(c => ConnectionView.Of(c, alerts[c.Id], texts))], null));
    }

    private static async Task<Results<Ok<ConnectionView>, ProblemHttpResult>> GetAsync(
        Guid id, SourceConnections connections, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        await AnswerAsync(await connections.FindAsync(id, ct), connections, texts, ct);

    private static async Task<Results<Ok<ConnectionView>, ProblemHttpResult>> CreateAsync(
        HttpRequest request, SourceConnections connections, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (command, refusal) = await request.ReadAsync<SaveSourceConnection>(texts, ct);
        return refusal ?? await AnswerAsync(await connections.CreateAsync(command!, user.Name, ct), connections, texts, ct);
    }

    private static async Task<Results<Ok<ConnectionView>, ProblemHttpResult>> UpdateAsync(
        Guid id, HttpRequest request, SourceConnections connections, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (command, refusal) = await request.ReadAsync<SaveSourceConnection>(texts, ct);
        return refusal ?? await AnswerAsync(await connections.UpdateAsync(id, command!, user.Name, ct), connections, texts, ct);
    }

    private static async Task<Results<Ok<TestView>, ProblemHttpResult>> TestAsync(
        Guid id, SourceConnections connections, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var told = await connections.TestAsync(id, ct);
        return told.Succeeded ? TypedResults.Ok(new TestView(told.Value)) : told.Error.ToProblem(texts);
    }

    private static async Task<Results<Accepted<HubApi.RunView>, ProblemHttpResult>> PullAsync(
        Guid id, SourceConnections connections, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var asked = await connections.PullAsync(id, user.Name, ct);
        return asked.Succeeded
            ? TypedResults.Accepted($"/api/v1/runs/{asked.Value.Id}", HubApi.RunView.Of(asked.Value))
            : asked.Error.ToProblem(texts);
    }

    private static async Task<Results<Ok<ConnectionView>, ProblemHttpResult>> PauseAsync(
        Guid id, SourceConnections connections, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        await AnswerAsync(await connections.PauseAsync(id, user.Name, ct), connections, texts, ct);

    private static async Task<Results<Ok<ConnectionView>, ProblemHttpResult>> ResumeAsync(
        Guid id, SourceConnections connections, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        await AnswerAsync(await connections.ResumeAsync(id, user.Name, ct), connections, texts, ct);

    private static async Task<Results<Ok<ConnectionView>, ProblemHttpResult>> AgreeAsync(
        Guid id, SourceConnections connections, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        await AnswerAsync(await connections.AgreeAbsentAsync(id, user.Name, ct), connections, texts, ct);

    private static async Task<Results<Ok<SecretView>, ProblemHttpResult>> RenewAsync(
        Guid id, HookSecrets secrets, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var made = await secrets.RenewAsync(id, user.Name, ct);
        return made.Succeeded ? TypedResults.Ok(new SecretView(made.Value)) : made.Error.ToProblem(texts);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RetireAsync(
        Guid id, HookSecrets secrets, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var done = await secrets.EndRotationAsync(id, user.Name, ct);
        return done.Succeeded ? TypedResults.NoContent() : done.Error.ToProblem(texts);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> CloseAsync(
        Guid alertId, SourceConnections connections, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var closed = await connections.CloseAlertAsync(alertId, ct);
        return closed.Succeeded ? TypedResults.NoContent() : closed.Error.ToProblem(texts);
    }

    private static async Task<Results<Ok<ConnectionView>, ProblemHttpResult>> AnswerAsync(
        Result<SourceConnection> done, SourceConnections connections, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        done.Succeeded ? TypedResults.Ok(ConnectionView.Of(done.Value, await connections.AlertsAsync(done.Value.Id, ct), texts)) : done.Error.ToProblem(texts);

    /// <summary>What a source answered when it was tried, in French.</summary>
    internal sealed record TestView(string Said);

    /// <summary>The new secret of a letter box, shown once.</summary>
    internal sealed record SecretView(string Secret);

    /// <summary>What a person should look at.</summary>
    internal sealed record AlertView(Guid Id, string Code, string Text, DateTimeOffset At);

    /// <summary>A source that is read by itself. Its secret is never shown.</summary>
    internal sealed record ConnectionView(
        Guid Id, string Name, string Kind, ConnectionState State, string? StateReason, int? EveryMinutes, TimeOnly? DailyAt, DateTimeOffset? NextRunAt,
        DateTimeOffset? LastRunAt, DateTimeOffset? LastRowsAt, int Failures, bool IsWhole, IReadOnlyList<AlertView> Alerts)
    {
        public static ConnectionView Of(SourceConnection c, IEnumerable<SourceAlert> alerts, IStringLocalizer<Texts> texts) => new(
            c.Id, c.Name, c.Kind, c.State, c.StateReason, c.EveryMinutes, c.DailyAt, c.NextRunAt, c.LastRunAt, c.LastRowsAt, c.Failures, c.IsWhole,
            [.. alerts.Select(a => new AlertView(a.Id, a.Code, texts[a.Code, [.. a.Details]], a.OpenedAt))]);
    }
}
