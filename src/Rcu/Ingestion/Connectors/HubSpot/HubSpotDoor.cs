using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rcu.Ingestion.Connectors.Calls;
using Rcu.Ingestion.Pulling;
using Rcu.Ingestion.Reading.Json;

namespace Rcu.Ingestion.Connectors.HubSpot;

/// <summary>Asks one HubSpot account, and tells in French which right its token lacks.</summary>
internal sealed class HubSpotDoor(ApiCaller calls, string baseUrl, string? token)
{
    public async Task<ApiAnswer> GetAsync(string path, CancellationToken ct) => Told(path, await calls.SendAsync(HttpMethod.Get, Address(path), Dress, ct));

    public async Task<ApiAnswer> PostAsync(string path, object body, CancellationToken ct) => Told(path, await calls.SendAsync(
        HttpMethod.Post, Address(path),
        request =>
        {
            Dress(request);
            request.Content = JsonContent.Create(body);
        },
        ct));

    /// <summary>The companies that each of these objects is associated with, however many: by the identifier of the object.</summary>
    public async Task<(Dictionary<string, List<JsonElement>> Companies, ApiAnswer? Failed)> CompaniesAsync(string path, IEnumerable<string> ids, CancellationToken ct)
    {
        var companies = new Dictionary<string, List<JsonElement>>(StringComparer.Ordinal);
        var inputs = ids.Select(id => new Input(id, null)).ToList();
        while (inputs.Count > 0)
        {
            var answer = await PostAsync($"/crm/v4/associations/{path}/companies/batch/read", new { inputs }, ct);
            if (answer.Failure is not null)
            {
                return ([], answer);
            }

            inputs = [];
            foreach (var each in JsonPath.Find(answer.Body, "results") is { ValueKind: JsonValueKind.Array } list ? (IEnumerable<JsonElement>)list.EnumerateArray() : [])
            {
                if (JsonPath.Text(each, "from.id") is { } id && JsonPath.Find(each, "to") is { ValueKind: JsonValueKind.Array } to)
                {
                    companies.TryAdd(id, []);
                    companies[id].AddRange(to.EnumerateArray());
                    inputs.AddRange(JsonPath.Text(each, "paging.next.after") is { } after && to.GetArrayLength() > 0 ? [new Input(id, after)] : []);
                }
            }
        }

        return (companies, null);
    }

    private static ApiAnswer Told(string path, ApiAnswer answer)
    {
        if (answer is not { Status: 403, Failure: PullAnswer.CredentialsRefused } || JsonPath.Text(answer.Body, "category") != "MISSING_SCOPES")
        {
            return answer;
        }

        var (thing, scope) = path.Split('/', '?') is [_, "crm", _, var kind, var name, ..] ? (Called(name), $"crm.{(kind == "properties" ? "schemas" : "objects")}.{name}.read") : ("", "");
        var named = JsonPath.Find(answer.Body, "errors.0.context.requiredGranularScopes") is { ValueKind: JsonValueKind.Array } list
            ? string.Join(", ", list.EnumerateArray().Select(each => each.ToString())) : scope;
        return answer with
        {
            Failure = new PullAnswer.CredentialsRefused(
                $"L’application privée n’a pas le droit de lire {thing} : dans HubSpot, Paramètres, Intégrations, Applications privées, onglet Champs d’application, ajoutez {named}."),
        };
    }

    private static string Called(string name) => name switch
    {
        "companies" => "les entreprises",
        "contacts" => "les contacts",
        "deals" => "les affaires",
        _ => $"« {name} »",
    };

    private Uri Address(string path) => new(baseUrl.TrimEnd('/') + path);

    private void Dress(HttpRequestMessage request) => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

    private sealed record Input(
        [property: JsonPropertyName("id")] string Id,
        [property: JsonPropertyName("after"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? After);
}
