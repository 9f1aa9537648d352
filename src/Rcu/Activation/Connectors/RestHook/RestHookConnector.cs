using System.Text.Json;
using Rcu.Activation.Connectors.Webhook;
using Rcu.Security.Outbound;

namespace Rcu.Activation.Connectors.RestHook;

/// <summary>
/// An address that Zapier, Make or another program subscribed by itself, told as a webhook is; it unsubscribes by a call, or by
/// answering 410.
/// </summary>
public sealed class RestHookConnector(OutboundClient client, OutboundRules rules, TimeProvider clock) : IDestinationConnector
{
    /// <summary>The name such destinations have.</summary>
    public const string Name = "resthook";

    private readonly WebhookConnector _webhook = new(client, rules, clock);

    public string Kind => Name;

    public Type Settings => typeof(WebhookSettings);

    public int BatchSize => _webhook.BatchSize;

    public bool IsOneByOne => true;

    public Error? Refusal(JsonElement settings) => _webhook.Refusal(settings);

    public Task<Result<string>> TestAsync(JsonElement settings, string? secret, CancellationToken ct) => _webhook.TestAsync(settings, secret, ct);

    public string Show(Change change) => _webhook.Show(change);

    public Task<IReadOnlyList<Outcome>> DeliverAsync(DeliveryBatch batch, CancellationToken ct) => _webhook.DeliverAsync(batch, ct);
}
