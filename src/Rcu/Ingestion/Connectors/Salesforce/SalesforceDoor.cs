using System.Globalization;
using System.Net.Http.Headers;
using Rcu.Ingestion.Connectors.Calls;
using Rcu.Ingestion.Pulling;
using Rcu.Ingestion.Reading.Json;

namespace Rcu.Ingestion.Connectors.Salesforce;

/// <summary>Asks one Salesforce organisation, with a pass that is renewed when it opens no more, and reads its own words for what went wrong.</summary>
internal sealed class SalesforceDoor(ApiCaller calls, ApiTokens tokens, SalesforceSettings settings, string secret)
{
    // The quota is of a day that rolls: it comes back by and by.
    private static readonly TimeSpan AfterQuota = TimeSpan.FromMinutes(30);

    public string Root => $"/services/data/{settings.Version}";

    public async Task<ApiAnswer> GetAsync(string path, CancellationToken ct)
    {
        var client = new ApiClient(new Uri(new Uri(settings.LoginUrl), "/services/oauth2/token"), settings.ClientId, secret);
        var answer = await AskAsync(client, path, ct);
        if (answer.Status == 401)
        {
            tokens.Forget(client);
            answer = await AskAsync(client, path, ct);
        }

        return CodeOf(answer) switch
        {
            "REQUEST_LIMIT_EXCEEDED" => answer with { Failure = new PullAnswer.RetryAfter("Le quota d’appels de Salesforce est épuisé.", AfterQuota) },
            "SERVER_UNAVAILABLE" or "UNABLE_TO_LOCK_ROW" or "QUERY_TIMEOUT" => answer with { Failure = new PullAnswer.RetryAfter("Salesforce demande d’attendre.") },
            "API_DISABLED_FOR_ORG" => answer with { Failure = new PullAnswer.CredentialsRefused("L’API n’est pas ouverte à cette organisation, ou à cet utilisateur.") },
            _ => answer,
        };
    }

    /// <summary>Whether the rest of a query is kept no more.</summary>
    public static bool IsGone(ApiAnswer answer) => CodeOf(answer) is "INVALID_QUERY_LOCATOR" or "INVALID_QUERY_CURSOR" || answer.Status == 404;

    public static DateTimeOffset Instant(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal); // « 2026-11-02T08:00:00.000+0000 »

    // [{ "message": "…", "errorCode": "…" }]
    private static string? CodeOf(ApiAnswer answer) => answer.Failure is null || answer.Status == 0 ? null : JsonPath.Text(answer.Body, "0.errorCode");

    private async Task<ApiAnswer> AskAsync(ApiClient client, string path, CancellationToken ct)
    {
        var (token, failed) = await tokens.FindAsync(client, ct);
        if (failed is not null)
        {
            return failed;
        }

        var url = new Uri(new Uri(token!.Instance ?? settings.LoginUrl), path);
        return await calls.SendAsync(
            HttpMethod.Get, url,
            request =>
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Text);
                request.Headers.TryAddWithoutValidation("Sforce-Query-Options", "batchSize=2000");
            },
            ct);
    }
}
