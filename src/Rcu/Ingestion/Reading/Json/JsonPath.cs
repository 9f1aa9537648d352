using System.Globalization;
using System.Text.Json;

namespace Rcu.Ingestion.Reading.Json;

/// <summary>Where something stands in JSON: <c>data.items</c>, <c>$.contacts[0].email</c> or <c>contacts.0.email</c>.</summary>
public static class JsonPath
{
    /// <summary>Null when nothing stands there. An empty path is the whole.</summary>
    public static JsonElement? Find(JsonElement json, string? path)
    {
        foreach (var step in Steps(path))
        {
            if (json.ValueKind is JsonValueKind.Object && json.TryGetProperty(step, out var property))
            {
                json = property;
            }
            else if (json.ValueKind is JsonValueKind.Array
                && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < json.GetArrayLength())
            {
                json = json[index];
            }
            else
            {
                return null;
            }
        }

        return json;
    }

    /// <summary>The text there; null when there is none.</summary>
    public static string? Text(JsonElement json, string? path) => Find(json, path) switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { } other => other.GetRawText(),
    };

    /// <summary>The same place, always written alike: <c>contacts.0.email</c>.</summary>
    public static string Normal(string path) => string.Join('.', Steps(path));

    private static string[] Steps(string? path) => (path ?? "").Trim().TrimStart('$')
        .Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal)
        .Split('.', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
