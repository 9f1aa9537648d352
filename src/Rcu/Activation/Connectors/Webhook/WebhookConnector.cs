using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Rcu.Security;
using Rcu.Security.Outbound;

namespace Rcu.Activation.Connectors.Webhook;

/// <summary>Posts each change to an address, signed as Standard Webhooks 1.0 says.</summary>
public sealed class WebhookConnector(OutboundClient client, OutboundRules rules, TimeProvider clock) : IDestinationConnector
{
    // A secret taken back is refused at most this many times before the destination is stopped.
    private const int AtOnce = 3;

    private static readonly JsonSerializerOptions Readable =
        new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Kind => "webhook";

    public Type Settings => typeof(WebhookSettings);

    public int BatchSize => 300;

    public bool IsOneByOne => true;

    public Error? Refusal(JsonElement settings) => rules.Allows(WebhookSettings.Read(settings).Url) ? null : ActivationErrors.BadAddress;

    public async Task<Result<string>> TestAsync(JsonElement settings, string? secret, CancellationToken ct)
    {
        if (Refusal(settings) is { } refused)
        {
            return refused;
        }

        var ping = new Change($"test-{Guid.CreateVersion7():n}", "hub.ping", Guid.Empty, clock.GetUtcNow(), JsonSerializer.SerializeToElement(new { }));
        return await PostAsync(WebhookSettings.Read(settings).Url!, secret, ping, ct) switch
        {
            Outcome.Delivered delivered => delivered.Answer ?? "",
            Outcome.CredentialsRefused refusal => ActivationErrors.CredentialsRefused(refusal.Why),
            Outcome.RetryAfter retry => ActivationErrors.Unreachable(retry.Why),
            Outcome.Rejected rejected => ActivationErrors.Unreachable(rejected.Why),
            Outcome.Closed closed => ActivationErrors.Unreachable(closed.Why),
            var other => throw new InvalidOperationException($"{other}"),
        };
    }

    public string Show(Change change) => JsonSerializer.Serialize(Envelope(change), Readable);

    public async Task<IReadOnlyList<Outcome>> DeliverAsync(DeliveryBatch batch, CancellationToken ct)
    {
        var url = WebhookSettings.Read(batch.Settings).Url;
        if (!rules.Allows(url))
        {
            return [.. batch.Changes.Select(_ => new Outcome.Closed(ActivationErrors.BadAddress.Message))];
        }

        var outcomes = new Outcome[batch.Changes.Count];
        Outcome? stopped = null;
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct };
        await Parallel.ForAsync(0, outcomes.Length, options, async (i, token) =>
        {
            // Once the tool asks for silence, the rest of the batch is not sent.
            outcomes[i] = Volatile.Read(ref stopped) ?? await PostAsync(url!, batch.Secret, batch.Changes[i], token);
            if (outcomes[i] is Outcome.CredentialsRefused or Outcome.Closed or Outcome.RetryAfter { Delay: not null })
            {
                Volatile.Write(ref stopped, outcomes[i]);
            }
        });
        return outcomes;
    }

    private async Task<Outcome> PostAsync(Uri url, string? secret, Change change, CancellationToken ct)
    {
        var body = Encoding.UTF8.GetBytes(Show(change));
        var now = clock.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.TryAddWithoutValidation("user-agent", "rcu-hub/1");
        request.Headers.TryAddWithoutValidation("webhook-id", change.Key);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        if (secret is not null)
        {
            request.Headers.TryAddWithoutValidation("webhook-signature", WebhookSignature.Sign(secret, change.Key, now, body));
        }

        try
        {
            using var response = await client.SendAsync(request, ct);
            var answer = await response.Content.ReadAsStringAsync(ct);
            return Judge(response, answer.Length > 1000 ? answer[..1000] : answer, now);
        }
        catch (HttpRequestException refused) when (refused.InnerException is AddressRefusedException || refused.GetBaseException() is AddressRefusedException)
        {
            return new Outcome.Closed("L’adresse mène à un réseau privé.");
        }
        catch (HttpRequestException failed)
        {
            return new Outcome.RetryAfter($"L’outil ne répond pas ({failed.HttpRequestError}).", Answer: failed.Message);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new Outcome.RetryAfter($"Pas de réponse en {OutboundClient.Timeout.TotalSeconds} s.");
        }
    }

    private static Outcome Judge(HttpResponseMessage response, string answer, DateTimeOffset now)
    {
        var code = (int)response.StatusCode;
        return response.StatusCode switch
        {
            _ when response.IsSuccessStatusCode => new Outcome.Delivered(null, answer),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                new Outcome.CredentialsRefused($"L’outil refuse nos identifiants ({code}).", answer),
            HttpStatusCode.Gone => new Outcome.Closed("L’outil a fermé cette adresse (410).", answer, IsGone: true),
            _ when code is >= 300 and < 400 => new Outcome.Closed($"L’adresse redirige ailleurs ({code}).", answer),
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or (HttpStatusCode)425 =>
                new Outcome.RetryAfter($"L’outil demande d’attendre ({code}).", Delay(response, now), answer),
            _ when code >= 500 => new Outcome.RetryAfter($"L’outil est en panne ({code}).", Delay(response, now), answer),
            _ => new Outcome.Rejected($"L’outil refuse cette fiche ({code}).", answer),
        };
    }

    private static TimeSpan? Delay(HttpResponseMessage response, DateTimeOffset now) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > now ? date - now : TimeSpan.Zero,
        _ => null,
    };

    private static object Envelope(Change change) => new { type = change.Type, timestamp = change.At, data = change.Payload };
}
