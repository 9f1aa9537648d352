using System.Net;
using System.Text;
using System.Text.Json;
using Rcu.Security.Outbound;

namespace Rcu.Activation.Connectors.Calls;

/// <summary>
/// Calls the API of a tool: once, never a private address, and what it answers told in French. What a tool says of its own limits
/// in its headers is read here, so that each connector waits as long as it is asked to.
/// </summary>
public sealed class ToolCalls(OutboundClient client, OutboundRules rules, TimeProvider clock)
{
    private static readonly JsonSerializerOptions AsWritten =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public bool Allows(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && rules.Allows(address);

    /// <summary>The JSON of a body, names as they are written.</summary>
    public static string Write(object body) => JsonSerializer.Serialize(body, AsWritten);

    /// <param name="tool">Its name, for a person.</param>
    /// <param name="body">What is sent: a text that is no JSON, or what becomes JSON; null for nothing.</param>
    /// <param name="dress">Puts the secret on the request.</param>
    public async Task<ToolAnswer> SendAsync(
        string tool, HttpMethod method, string url, object? body, Action<HttpRequestMessage> dress, CancellationToken ct)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !rules.Allows(address))
        {
            return ToolAnswer.None(new Outcome.Closed($"L’adresse de {tool} n’est pas publique, ou n’est pas en https."));
        }

        using var request = new HttpRequestMessage(method, address);
        request.Headers.TryAddWithoutValidation("user-agent", "rcu-hub/1");
        request.Headers.TryAddWithoutValidation("accept", "application/json");
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            _ => new StringContent(Write(body), Encoding.UTF8, "application/json"),
        };
        dress(request);
        try
        {
            using var response = await client.SendAsync(request, ct);
            var text = await response.Content.ReadAsStringAsync(ct);
            return new ToolAnswer((int)response.StatusCode, text, JsonOf(text), Judge(tool, response, text));
        }
        catch (HttpRequestException refused) when (refused.GetBaseException() is AddressRefusedException)
        {
            return ToolAnswer.None(new Outcome.Closed($"L’adresse de {tool} mène à un réseau privé."));
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException)
        {
            return ToolAnswer.None(new Outcome.RetryAfter($"{tool} ne répond pas ({(failed as HttpRequestException)?.HttpRequestError}).", Answer: failed.Message));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return ToolAnswer.None(new Outcome.RetryAfter($"{tool} ne répond pas en {OutboundClient.Timeout.TotalSeconds} s."));
        }
    }

    private Outcome? Judge(string tool, HttpResponseMessage response, string text)
    {
        var code = (int)response.StatusCode;
        var said = text.Length > 1000 ? text[..1000] : text;
        return response.StatusCode switch
        {
            _ when response.IsSuccessStatusCode => null,
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                new Outcome.CredentialsRefused($"{tool} refuse nos identifiants ({code}) : donnez un secret qui ouvre encore.", said),
            HttpStatusCode.Gone => new Outcome.Closed($"{tool} a fermé cette adresse (410).", said),
            _ when code is >= 300 and < 400 => new Outcome.Closed($"L’adresse de {tool} redirige ailleurs ({code}).", said),
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or (HttpStatusCode)425 =>
                new Outcome.RetryAfter($"{tool} demande d’attendre ({code}).", Delay(response), said),
            _ when code >= 500 => new Outcome.RetryAfter($"{tool} est en panne ({code}).", Delay(response), said),
            _ => new Outcome.Rejected($"{tool} refuse la demande ({code}).", said),
        };
    }

    private TimeSpan? Delay(HttpResponseMessage response) =>
        response.Headers.RetryAfter is { Delta: { } delta } ? delta
        : response.Headers.RetryAfter is { Date: { } date } ? date - clock.GetUtcNow() is { Ticks: > 0 } left ? left : TimeSpan.Zero
        : Number(response, "x-sib-ratelimit-reset") is { } seconds ? TimeSpan.FromSeconds(seconds)
        : Number(response, "x-hubspot-ratelimit-interval-milliseconds") is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds)
        : null;

    private static double? Number(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out var values)
        && double.TryParse(values.First(), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    private static JsonElement JsonOf(string text)
    {
        try
        {
            return text.Length == 0 ? default : JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
