using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Rcu.Simulators;

/// <summary>One call a simulator received.</summary>
/// <param name="Steps">The path below the simulator's own, cut at its slashes.</param>
/// <param name="Json">The body; undefined when it is no JSON.</param>
public sealed record Ask(string Method, string[] Steps, IQueryCollection Query, IHeaderDictionary Headers, string Text, JsonElement Json)
{
    public string Header(string name) => Headers[name].ToString();

    public int Number(string query, int usual) =>
        int.TryParse(Query[query], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : usual;

    /// <summary>The rows of a list of the body; none when there is no such list.</summary>
    public IEnumerable<JsonElement> Rows(string name) =>
        Json.ValueKind is JsonValueKind.Object && Json.TryGetProperty(name, out var list) && list.ValueKind is JsonValueKind.Array ? list.EnumerateArray() : [];

    internal static async Task<Ask> ReadAsync(HttpRequest request, string[] steps, CancellationToken ct)
    {
        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync(ct);
        JsonElement json = default;
        try
        {
            json = text.Length > 0 ? JsonElement.Parse(text) : default;
        }
        catch (JsonException)
        {
            // A form, or a CSV file.
        }

        return new Ask(request.Method, steps, request.Query, request.Headers, text, json);
    }
}

/// <summary>What a simulator answers: an object as JSON, a text as it is, or nothing.</summary>
public sealed record Reply(int Status, object? Body = null, params (string Name, string Value)[] Headers);

/// <summary>What of JSON a simulator looks at.</summary>
internal static class JsonReading
{
    extension(JsonElement json)
    {
        /// <summary>The text of a property; null when there is none, or it is null.</summary>
        public string? Text(string name) =>
            json.ValueKind is JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value.AsText : null;

        /// <summary>The value as a text; null when it is null.</summary>
        public string? AsText => json.ValueKind switch
        {
            JsonValueKind.String => json.GetString(),
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            _ => json.GetRawText(),
        };

        public IEnumerable<(string Name, string? Value)> Pairs(string name) =>
            json.ValueKind is JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Object
                ? value.EnumerateObject().Select(pair => (pair.Name, pair.Value.AsText)) : [];

        public IEnumerable<JsonElement> List(string name) =>
            json.ValueKind is JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Array ? value.EnumerateArray() : [];
    }
}
