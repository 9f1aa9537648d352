using System.Text;
using System.Text.Json;

namespace Rcu.Ingestion.Reading.Json;

/// <summary>Which of the ways to put records in JSON a file has taken: one a line, a list, or a list under a property.</summary>
internal static class JsonShape
{
    // What programs call the list of what they answer. Any other list on a single line may be a part of one record.
    private static readonly string[] Wrappers =
        ["data", "items", "results", "records", "rows", "value", "values", "content", "list", "donnees", "données", "resultats", "résultats", "lignes"];

    public static FileFormat Of(string head, bool isWhole, string encoding)
    {
        var start = head.AsSpan().TrimStart().TrimStart('\uFEFF').TrimStart();
        if (start.StartsWith("["))
        {
            return new FileFormat(FileKind.Json, encoding);
        }

        var end = start.IndexOfAny('\r', '\n');
        var first = end < 0 ? start : start[..end];
        var (complete, list) = Look(first.ToString(), end >= 0 || isWhole);
        if (complete)
        {
            var alone = isWhole && (end < 0 || start[end..].IsWhiteSpace());
            return alone && list is not null && IsWrapper(list)
                ? new FileFormat(FileKind.Json, encoding) { List = list }
                : new FileFormat(FileKind.Ndjson, encoding);
        }

        (complete, list) = Look(start.ToString(), isWhole);
        return list is not null && (end >= 0 || IsWrapper(list)) ? new FileFormat(FileKind.Json, encoding) { List = list }
            : complete || !IsRecord(first) ? new FileFormat(FileKind.Json, encoding)
            : new FileFormat(FileKind.Ndjson, encoding);
    }

    private static bool IsWrapper(string name) => Wrappers.Contains(name, StringComparer.OrdinalIgnoreCase);

    // A first line that opens and closes but is malformed is a bad line, not the beginning of a long object.
    private static bool IsRecord(ReadOnlySpan<char> line) => line.TrimEnd().EndsWith("}") || line.Contains("\":", StringComparison.Ordinal);

    // Whether the text begins with a complete object, and the first of its properties that is a list of objects.
    private static (bool Complete, string? List) Look(string text, bool isFinal)
    {
        var reader = new Utf8JsonReader(
            Encoding.UTF8.GetBytes(text), isFinal, new JsonReaderState(new JsonReaderOptions { AllowMultipleValues = true }));
        string? name = null, list = null;
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName when reader.CurrentDepth == 1:
                        name = reader.GetString();
                        break;
                    case JsonTokenType.StartObject when reader.CurrentDepth == 2 && name is not null:
                        list ??= name;
                        break;
                    case JsonTokenType.StartObject when reader.CurrentDepth == 1:
                        name = null;
                        break;
                    case JsonTokenType.EndObject when reader.CurrentDepth == 0:
                        return (true, list);
                    default:
                        break;
                }
            }
        }
        catch (JsonException)
        {
            // What was seen before the fault still tells.
        }
        catch (InvalidOperationException)
        {
            // A name that is no text.
        }

        return (false, list);
    }
}
