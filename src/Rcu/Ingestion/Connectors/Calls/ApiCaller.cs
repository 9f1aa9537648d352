using System.Net;
using System.Text.Json;
using Rcu.Ingestion.Pulling;
using Rcu.Ingestion.Reading;
using Rcu.Security.Outbound;

namespace Rcu.Ingestion.Connectors.Calls;

/// <summary>
/// Calls the APIs that sources are read by: once, JSON only, and never to a private address, by a redirection no more than by the
/// address itself. What they answer is told in French.
/// </summary>
public sealed class ApiCaller(OutboundRules rules, TimeProvider clock) : IDisposable
{
    private const long MostBytes = 32 * 1024 * 1024;
    private const int MostRedirections = 3;

    private readonly OutboundClient _client = new(rules, MostBytes, TimeSpan.FromSeconds(60));

    public bool Allows(Uri? url) => rules.Allows(url);

    /// <param name="dress">Puts on a request what its address is to be shown: never called for another host than the one asked.</param>
    public async Task<ApiAnswer> SendAsync(HttpMethod method, Uri url, Action<HttpRequestMessage> dress, CancellationToken ct)
    {
        var at = url;
        for (var redirections = 0; redirections <= MostRedirections; redirections++)
        {
            if (!rules.Allows(at))
            {
                return Failed(new PullAnswer.Refused($"L’adresse {Shown(at)} n’est pas publique, ou n’est pas en https."));
            }

            using var request = new HttpRequestMessage(method, at);
            request.Headers.TryAddWithoutValidation("user-agent", "rcu-hub/1");
            request.Headers.TryAddWithoutValidation("accept", "application/json");
            if (IsSame(at, url))
            {
                dress(request);
            }

            try
            {
                using var response = await _client.SendAsync(request, ct);
                if ((int)response.StatusCode is < 300 or >= 400 || response.Headers.Location is not { } elsewhere || method != HttpMethod.Get)
                {
                    return await AnswerAsync(response, ct);
                }

                at = new Uri(at, elsewhere);
            }
            catch (Exception failed) when (failed is HttpRequestException or IOException || (failed is OperationCanceledException && !ct.IsCancellationRequested))
            {
                return Failed(Away(failed));
            }
        }

        return Failed(new PullAnswer.Refused("L’adresse redirige sans fin."));
    }

    public void Dispose() => _client.Dispose();

    /// <summary>What is shown of an address: no parameter of it, for one may be a secret.</summary>
    private static string Shown(Uri url) => url.IsAbsoluteUri ? url.GetLeftPart(UriPartial.Path) : "";

    private static bool IsSame(Uri one, Uri other) => (one.Scheme, one.Host, one.Port) == (other.Scheme, other.Host, other.Port);

    private static ApiAnswer Failed(PullAnswer why) => new(0, default, why);

    private static PullAnswer Away(Exception failed) => failed.GetBaseException() switch
    {
        AddressRefusedException => new PullAnswer.Refused("L’adresse mène à un réseau privé."),
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } =>
            new PullAnswer.Refused($"La réponse dépasse {MostBytes / 1024 / 1024} Mo : demandez des pages plus petites."),
        OperationCanceledException => new PullAnswer.RetryAfter("La source ne répond pas assez vite."),
        _ => new PullAnswer.RetryAfter($"La source ne répond pas ({(failed as HttpRequestException)?.HttpRequestError})."),
    };

    private async Task<ApiAnswer> AnswerAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var text = await response.Content.ReadAsStringAsync(ct);
        var json = JsonOf(text);
        var failure = Judge(response, json is not null || response.StatusCode is HttpStatusCode.NoContent, text);
        return new ApiAnswer((int)response.StatusCode, json ?? default, failure, response.Headers.Date, NextOf(response));
    }

    private PullAnswer? Judge(HttpResponseMessage response, bool isJson, string text)
    {
        var code = (int)response.StatusCode;
        var said = RejectReason.Cut(SafeText.Of(text, out _).Trim());
        var told = string.IsNullOrEmpty(said) ? $"({code})" : $"({code}) : {said}";
        return response.StatusCode switch
        {
            _ when response.IsSuccessStatusCode => isJson ? null : new PullAnswer.Refused($"La source ne répond pas en JSON {told}"),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new PullAnswer.CredentialsRefused($"La source refuse nos identifiants {told}"),
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or (HttpStatusCode)425 =>
                new PullAnswer.RetryAfter($"La source demande d’attendre ({code}).", Delay(response)),
            _ when code >= 500 => new PullAnswer.RetryAfter($"La source est en panne ({code}).", Delay(response)),
            _ when code is >= 300 and < 400 => new PullAnswer.Refused($"L’adresse redirige ailleurs ({code})."),
            _ => new PullAnswer.Refused($"La source refuse la demande {told}"),
        };
    }

    private TimeSpan? Delay(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - clock.GetUtcNow() is { Ticks: > 0 } delay ? delay : TimeSpan.Zero,
        _ => null,
    };

    private static JsonElement? JsonOf(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonElement.Parse(SafeText.OfJson(text, out _));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Link: <https://…?page=2>; rel="next", <…>; rel="last"
    private static string? NextOf(HttpResponseMessage response) => response.Headers.TryGetValues("Link", out var links)
        ? links.SelectMany(link => link.Split(", <", StringSplitOptions.TrimEntries))
            .Where(link => link.Split(';').Skip(1).Any(part => part.Trim().Replace("\"", "", StringComparison.Ordinal).Equals("rel=next", StringComparison.OrdinalIgnoreCase)))
            .Select(link => link.TrimStart('<').Split('>')[0]).FirstOrDefault()
        : null;
}
