using System.Text;
using System.Text.Json;

namespace Rcu.Ingestion.Reading;

/// <summary>How the corrections of a row are kept beside its cells.</summary>
internal static class RowCorrections
{
    /// <summary>The name they stand under: whoever opens the evidence reads what it is.</summary>
    public const string Member = "corrigé à l'import";

    private static readonly byte[] Name = Encoding.UTF8.GetBytes(Member);

    public static IReadOnlyDictionary<string, RowCorrection>? Of(JsonElement json)
    {
        if (json.ValueKind is not JsonValueKind.Object || !json.TryGetProperty(Name, out var kept))
        {
            return null;
        }

        try
        {
            return kept.Deserialize<Dictionary<string, RowCorrection>>() is { Count: > 0 } read && read.Values.All(c => c is { Value: not null })
                ? new Dictionary<string, RowCorrection>(read, StringComparer.OrdinalIgnoreCase)
                : null;
        }
        catch (JsonException)
        {
            return null; // a file that has such a cell of its own
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
