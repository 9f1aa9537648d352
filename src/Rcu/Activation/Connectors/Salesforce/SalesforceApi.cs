using System.Text;
using Rcu.Activation.Connectors.Calls;

namespace Rcu.Activation.Connectors.Salesforce;

/// <summary>The calls made to one Salesforce organisation, under the pass it gives for a client's identifier and secret.</summary>
internal sealed class SalesforceApi(ToolCalls calls, SalesforceSettings settings)
{
    private string? _token;
    private string _instance = settings.LoginUrl.TrimEnd('/');

    public SalesforceSettings Settings => settings;

    /// <summary>Asks for the pass: no failure means that the others may be called.</summary>
    public async Task<ToolAnswer> OpenAsync(string? secret, CancellationToken ct)
    {
        var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = settings.ClientId,
            ["client_secret"] = secret ?? "",
        });
        var answer = await calls.SendAsync("Salesforce", HttpMethod.Post, $"{_instance}/services/oauth2/token", form, _ => { }, ct);
        (_token, _instance) = (answer.At("access_token"), answer.At("instance_url")?.TrimEnd('/') ?? _instance);
        return answer.Failure is Outcome.Rejected
            ? answer with { Failure = new Outcome.CredentialsRefused($"Salesforce refuse l’identifiant ou le secret ({answer.At("error")}).", answer.Text) }
            : answer;
    }

    public Task<ToolAnswer> GetAsync(string path, CancellationToken ct) => SendAsync(HttpMethod.Get, path, null, ct);

    public Task<ToolAnswer> PostAsync(string path, object body, CancellationToken ct) => SendAsync(HttpMethod.Post, path, body, ct);

    public Task<ToolAnswer> PatchAsync(string path, object body, CancellationToken ct) => SendAsync(HttpMethod.Patch, path, body, ct);

    public Task<ToolAnswer> UploadAsync(string path, string csv, CancellationToken ct) =>
        SendAsync(HttpMethod.Put, path, new StringContent(csv, Encoding.UTF8, "text/csv"), ct);

    public static string Lacks(string field, string type) =>
        $"Salesforce n’a pas le champ {field} sur {type}, ou le profil de l’intégration ne le voit pas : créez-le ou ouvrez-le dans Configuration, Gestionnaire d’objet.";

    private async Task<ToolAnswer> SendAsync(HttpMethod method, string path, object? body, CancellationToken ct)
    {
        var answer = await calls.SendAsync(
            "Salesforce", method, $"{_instance}/services/data/v{settings.Version}/{path}", body, request => request.Headers.TryAddWithoutValidation("authorization", $"Bearer {_token}"), ct);

        // A quota used up is told by 403, as a door that is closed would be.
        return answer.Text.Contains("REQUEST_LIMIT_EXCEEDED", StringComparison.Ordinal)
            ? answer with { Failure = new Outcome.RetryAfter("Salesforce a servi tous les appels de la journée.", Answer: answer.Text) }
            : answer;
    }
}
