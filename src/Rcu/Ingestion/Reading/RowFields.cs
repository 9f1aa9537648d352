using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rcu.Ingestion.Reading.Json;

namespace Rcu.Ingestion.Reading;

/// <summary>
/// One row as its source gave it: cells under their column names, or a JSON object. Every value is reached by a path
/// (<c>Account ID</c>, <c>traits.company.name</c>) and reads as text, exactly as it was written.
/// </summary>
public sealed class RowFields
{
    // What is worked out once for all the rows of a file.
    private static readonly ConditionalWeakTable<IReadOnlyList<string>, Header> Headers = [];

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _said;

    // Beside the cells, in the evidence: no file has a cell of this name.
    private static readonly JsonEncodedText Corrected = JsonBytes.Name(RowCorrections.Member);

    private readonly IReadOnlyList<string> _columns = [];
    private readonly IReadOnlyList<string> _cells = [];
    private readonly JsonElement? _json;

    public RowFields(IReadOnlyList<string> columns, IReadOnlyList<string> cells) => (_columns, _cells) = (columns, cells);

    public RowFields(JsonElement json) => _json = json;

    private RowFields(RowFields said, IReadOnlyDictionary<string, RowCorrection>? corrections)
    {
        (_columns, _cells, _json) = (said._columns, said._cells, said._json);
        (IsBesides, Corrections) = (said.IsBesides, corrections);
    }

    /// <summary>What a person put right in the row before it went in; null when nothing was.</summary>
    public IReadOnlyDictionary<string, RowCorrection>? Corrections { get; }

    /// <summary>The row with those corrections that are of what it says.</summary>
    public RowFields With(IReadOnlyDictionary<string, RowCorrection> corrections)
    {
        var held = corrections.Where(c => c.Value.Was == (Said(c.Key) ?? "")).ToDictionary(c => c.Key, c => c.Value, StringComparer.OrdinalIgnoreCase);
        return held.Count == 0 ? this : new RowFields(this, held);
    }

    /// <summary>A row as the hub keeps it, with what was put right in it; one that is received says nothing of the kind.</summary>
    public static RowFields OfEvidence(JsonElement payload) => new(new RowFields(payload), RowCorrections.Of(payload));

    /// <summary>Columns that a copying tool adds: kept, but they say nothing of the customer.</summary>
    public Func<string, bool>? IsBesides { get; init; }

    /// <summary>Whether every value is text, that the database keeps as it is.</summary>
    public bool IsText => _json is null;

    /// <summary>The text at a path, null when the row has nothing there. A cell's name is matched whatever its case.</summary>
    public string? this[string path] => Corrections?.GetValueOrDefault(path) is { } correction ? correction.Value : Said(path);

    /// <summary>What the file itself says there.</summary>
    public string? Said(string path) => _json is { } json ? Text(json, path) : Cell(path);

    /// <summary>The row as it is kept: an object of texts, or the object received.</summary>
    public byte[] ToJson() => JsonBytes.Of(this, static (writer, row) => row.WriteTo(writer));

    /// <summary>
    /// The same for two rows that say the same thing, whatever the order of their columns, the character set of their
    /// file, or the columns one of them leaves empty.
    /// </summary>
    public byte[] ContentHash()
    {
        var said = _said ??= new ArrayBufferWriter<byte>(1_024);
        said.ResetWrittenCount();
        foreach (var (path, value) in Sorted())
        {
            if (value.Length > 0 && IsBesides?.Invoke(path) is not true)
            {
                Say(said, path);
                Say(said, value);
            }
        }

        foreach (var (column, correction) in (Corrections ?? new Dictionary<string, RowCorrection>()).OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            said.Write("~"u8);
            Say(said, column);
            Say(said, correction.Value);
        }

        return SHA256.HashData(said.WrittenSpan);
    }

    /// <summary>The hash of a row that says that its record is no more: never that of what the record said.</summary>
    public byte[] GoneHash() => SHA256.HashData([0, .. ContentHash()]);

    /// <summary>Every value of the row with its path, those inside objects and lists included.</summary>
    public IEnumerable<(string Path, string Value)> Leaves() => _json is { } json
        ? Leaves("", json).Where(leaf => Corrections is null || !leaf.Path.StartsWith(RowCorrections.Member, StringComparison.Ordinal))
        : _columns.Select((column, i) => (column, i < _cells.Count ? _cells[i] : ""));

    private IEnumerable<(string Path, string Value)> Sorted() => _json is not null
        ? Leaves().OrderBy(leaf => leaf.Path, StringComparer.Ordinal)
        : Headers.GetValue(_columns, Header.Of).ByName.Select(i => (_columns[i], i < _cells.Count ? _cells[i] : ""));

    private void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        if (_json is { } json)
        {
            foreach (var property in json.EnumerateObject().Where(p => !p.NameEquals(RowCorrections.Member)))
            {
                property.WriteTo(writer);
            }
        }
        else
        {
            var names = Headers.GetValue(_columns, Header.Of).Names;
            for (var i = 0; i < names.Length; i++)
            {
                writer.WriteString(names[i], i < _cells.Count ? _cells[i] : "");
            }
        }

        if (Corrections is not null)
        {
            writer.WritePropertyName(Corrected);
            JsonSerializer.Serialize(writer, Corrections);
        }

        writer.WriteEndObject();
    }

    // « 5:Paris »: how long a text is, in characters, and the text.
    private static void Say(ArrayBufferWriter<byte> said, string text)
    {
        var room = said.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length) + 12);
        Utf8Formatter.TryFormat(text.Length, room, out var length);
        room[length++] = (byte)':';
        said.Advance(length + Encoding.UTF8.GetBytes(text, room[length..]));
    }

    private static IEnumerable<(string Path, string Value)> Leaves(string path, JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject()
            .SelectMany(p => Leaves(path.Length == 0 ? p.Name : $"{path}.{p.Name}", p.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany((item, i) => Leaves($"{path}.{i}", item)),
        _ => [(path, Text(json) ?? "")],
    };

    private static string? Text(JsonElement json, string path)
    {
        if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty(path, out var whole))
        {
            return Text(whole);
        }

        return JsonPath.Text(json, path) ?? (json.ValueKind == JsonValueKind.Object ? TextOfAnyCase(json, path) : null);
    }

    private static string? TextOfAnyCase(JsonElement json, string name)
    {
        foreach (var property in json.EnumerateObject())
        {
            if (string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return Text(property.Value);
            }
        }

        return null;
    }

    private static string? Text(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.String => json.GetString(),
        _ => json.GetRawText(),
    };

    private string? Cell(string column)
    {
        for (var i = 0; i < _columns.Count; i++)
        {
            if (string.Equals(_columns[i], column, StringComparison.OrdinalIgnoreCase))
            {
                return i < _cells.Count ? _cells[i] : "";
            }
        }

        return null;
    }

    private sealed record Header(int[] ByName, JsonEncodedText[] Names)
    {
        public static Header Of(IReadOnlyList<string> columns) => new(
            [.. Enumerable.Range(0, columns.Count).OrderBy(i => columns[i], StringComparer.Ordinal)], [.. columns.Select(JsonBytes.Name)]);
    }
}
