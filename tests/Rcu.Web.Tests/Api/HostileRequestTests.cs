using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Rcu.Security;

namespace Rcu.Web.Tests.Api;

/// <summary>What no program should send is refused or taken: nothing of it is ever an error of ours.</summary>
public partial class HostileRequestTests
{
    // As JSON, so that what no text of .NET can hold is sent too.
    private static readonly string[] Leaves =
        ["\"a\\u0000b\"", "\"\\ud83d\"", $"\"{new string('x', 9000)}\"", "null", "-1", "[null]", "{}", "\"9999-12-31T23:59:59+14:00\""];

    private static readonly string[] Asked = ["a%00b", new('x', 3000), "-1", "99999999999999999999", "9999-12-31"];

    [Fact]
    public async Task No_body_and_no_question_is_an_error_of_the_hub()
    {
        await using var api = await ApiHub.StartAsync();
        var sample = await api.AddSampleAsync();
        await api.DeclareSourcesAsync();
        var (_, document) = await api.GetAsync("/openapi.json");
        var ids = new Dictionary<string, string>
        {
            ["/api/v1/accounts"] = $"{sample.First.Account.Id}",
            ["/api/v1/contacts"] = $"{sample.First.Contacts[0].Id}",
        };
        var operations = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(o => (Path: path.Name, Method: new HttpMethod(o.Name.ToUpperInvariant()), Body: o.Value)))
            .OrderBy(o => o.Method == HttpMethod.Post ? 0 : o.Method == HttpMethod.Delete ? 2 : 1).ToList();
        List<string> broken = [];
        var (client, sent) = (api.Client, 0);
        foreach (var (path, method, body) in operations)
        {
            var requests = Bodies(body).Select(one => (one.Said, one.Json, Question: ""))
                .Concat(Questions(body).Select(question => (Said: question, Json: "", Question: question)));
            foreach (var (said, json, question) in requests)
            {
                // One key may ask so many times a minute.
                client = ++sent % 250 == 0 ? await api.ClientAsync([.. ApiKeys.Scopes]) : client;
                await TryAsync(client, method, Filled(path, ids) + question, json, said, broken, made => ids.TryAdd(path, made));
            }
        }

        Assert.True(broken.Count == 0, string.Join("\n", broken));
        Assert.True(sent > 2000, $"only {sent} were sent");
    }

    private static async Task TryAsync(
        HttpClient client, HttpMethod method, string path, string json, string said, List<string> broken, Action<string> made)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Content = json.Length == 0 ? null : new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.NotEqual(HttpStatusCode.TooManyRequests, answer.StatusCode);
        if ((int)answer.StatusCode >= 500)
        {
            broken.Add($"{method} {path[..Math.Min(path.Length, 200)]} {said[..Math.Min(said.Length, 120)]}: {(int)answer.StatusCode}");
        }
        else if (answer.IsSuccessStatusCode && text.StartsWith('{') && JsonDocument.Parse(text).RootElement.TryGetProperty("id", out var id) && id.ValueKind is JsonValueKind.String)
        {
            made(id.GetString()!);
        }
    }

    // The example as it is, then with each of its leaves in turn as no program should write it.
    private static IEnumerable<(string Said, string Json)> Bodies(JsonElement operation)
    {
        if (!operation.TryGetProperty("requestBody", out var body) || !body.GetProperty("content").TryGetProperty("application/json", out var content))
        {
            yield break;
        }

        var example = content.GetProperty("example").GetRawText();
        yield return ("as it is", example);
        var count = Places(JsonNode.Parse(example)!).Count;
        for (var place = 0; place < count; place++)
        {
            foreach (var leaf in Leaves)
            {
                var changed = JsonNode.Parse(example)!;
                var (said, put) = Places(changed)[place];
                put(JsonValue.Create("@leaf@"));
                yield return ($"{said} {leaf}", changed.ToJsonString().Replace("\"@leaf@\"", leaf, StringComparison.Ordinal));
            }

            var less = JsonNode.Parse(example)!;
            Places(less)[place].Put(null);
            yield return ($"without place {place}", less.ToJsonString().Replace("\"@leaf@\"", "null", StringComparison.Ordinal));
        }
    }

    private static List<(string Said, Action<JsonNode?> Put)> Places(JsonNode node) => node switch
    {
        JsonObject some => [.. some.ToList().SelectMany(one => new List<(string, Action<JsonNode?>)> { (one.Key, value => Change(some, one.Key, value)) }
            .Concat(one.Value is JsonObject or JsonArray ? Places(one.Value) : []))],
        JsonArray some => [.. Enumerable.Range(0, some.Count).SelectMany(i => new List<(string, Action<JsonNode?>)> { ($"[{i}]", value => some[i] = value) }
            .Concat(some[i] is JsonObject or JsonArray ? Places(some[i]!) : []))],
        _ => [],
    };

    private static void Change(JsonObject some, string name, JsonNode? value)
    {
        some.Remove(name);
        if (value is not null)
        {
            some[name] = value;
        }
    }

    private static IEnumerable<string> Questions(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var parameters)
            ? parameters.EnumerateArray().Where(p => p.TryGetProperty("in", out var place) && place.GetString() is "query")
                .SelectMany(p => Asked.Select(value => $"?{p.GetProperty("name").GetString()}={value}"))
            : [];

    private static string Filled(string path, Dictionary<string, string> ids) => Place().Replace(path, place =>
        ids.GetValueOrDefault(path[..place.Index].TrimEnd('/')) ?? "01a20000-0000-7000-8000-000000000001");

    [GeneratedRegex("{[^}]+}")]
    private static partial Regex Place();
}
