using System.Text.Json;
using Rcu.Ingestion.Connectors.Calls;
using Rcu.Ingestion.Pulling;
using Rcu.Ingestion.Reading.Json;

namespace Rcu.Ingestion.Sirene;

/// <summary>Asks the API Sirene of Insee, as often as it allows, and tells in French why it does not answer.</summary>
public sealed class SireneApi(ApiCaller calls, SireneQuota quota)
{
    /// <summary>The header a key is shown in.</summary>
    public const string KeyHeader = "X-INSEE-Api-Key-Integration";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public bool Allows(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && calls.Allows(address);

    /// <summary>One page of the units of a part that were treated between two instants.</summary>
    internal async Task<SirenePage> ReadAsync(
        SireneSettings settings, string? key, SirenePart part, (DateTime Since, DateTime Until) treated, string cursor, int size, CancellationToken ct)
    {
        if (!Allows(settings.BaseUrl))
        {
            return SirenePage.Failed(new PullAnswer.Refused("L’adresse de l’API Sirene doit être publique, et en https."));
        }

        if (string.IsNullOrEmpty(key))
        {
            return SirenePage.Failed(new PullAnswer.CredentialsRefused("La clé de l’API Sirene manque : créez-en une sur portail-api.insee.fr, puis saisissez-la ici."));
        }

        var query = Uri.EscapeDataString(part.Query(treated.Since, treated.Until));
        var url = new Uri($"{settings.BaseUrl.TrimEnd('/')}/{part.Path}?q={query}&nombre={size}&curseur={Uri.EscapeDataString(cursor)}");
        await quota.WaitAsync(settings.RequestsPerMinute, ct);
        var answer = await calls.SendAsync(HttpMethod.Get, url, request => request.Headers.TryAddWithoutValidation(KeyHeader, key), ct);
        return answer.Failure is null ? Page(answer.Body, part, cursor)
            : answer is { Status: 404 } && JsonPath.Text(answer.Body, "header.statut") == "404" ? SirenePage.Empty
            : SirenePage.Failed(Told(answer));
    }

    // An answer that does not say how it goes on goes on nowhere only when it holds all there is.
    private static SirenePage Page(JsonElement body, SirenePart part, string cursor)
    {
        if (JsonPath.Find(body, part.List) is not { ValueKind: JsonValueKind.Array } list)
        {
            return SirenePage.Failed(new PullAnswer.Refused($"La réponse de l’API Sirene ne contient pas « {part.List} » : son format a peut-être changé."));
        }

        var units = list.EnumerateArray().ToList();
        var total = long.TryParse(JsonPath.Text(body, "header.total"), out var told) ? told : (long?)null;
        var next = JsonPath.Text(body, "header.curseurSuivant");
        return string.IsNullOrEmpty(next) && (total is null || total > units.Count)
            ? SirenePage.Failed(new PullAnswer.Refused("La réponse de l’API Sirene ne dit pas où est la page suivante (curseurSuivant) : rien n’en est gardé."))
            : new SirenePage(units, string.IsNullOrEmpty(next) || next == cursor || units.Count == 0 ? null : next, total ?? units.Count, null);
    }

    private static PullAnswer Told(ApiAnswer answer) => answer switch
    {
        { Status: 401 or 403 } => new PullAnswer.CredentialsRefused(
            $"L’Insee refuse la clé de l’API Sirene ({answer.Status}) : elle a expiré, ou n’est pas abonnée à l’API. Renouvelez-la sur portail-api.insee.fr, puis saisissez-la ici."),
        { Status: 429, Failure: PullAnswer.RetryAfter retry } => new PullAnswer.RetryAfter("L’Insee demande d’attendre : le quota d’appels par minute est atteint.", retry.Delay ?? Minute),
        { Status: 404 } => new PullAnswer.Refused("L’adresse ne répond pas comme l’API Sirene (404) : vérifiez-la."),
        { Status: >= 400 and < 500, Failure: PullAnswer.Refused } when JsonPath.Text(answer.Body, "header.message") is { Length: > 0 } why =>
            new PullAnswer.Refused($"L’API Sirene refuse la demande ({answer.Status}) : {why}"),
        _ => answer.Failure!,
    };
}

/// <summary>A page of the API, or why there is none.</summary>
/// <param name="Next">The cursor of the next page; null after the last.</param>
internal sealed record SirenePage(IReadOnlyList<JsonElement> Units, string? Next, long Total, PullAnswer? Failure)
{
    /// <summary>The API answers 404 where nothing was treated.</summary>
    public static readonly SirenePage Empty = new([], null, 0, null);

    public static SirenePage Failed(PullAnswer why) => new([], null, 0, why);
}
