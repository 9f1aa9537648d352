using System.Text;
using System.Text.Json;

namespace Rcu.Reference.Register;

/// <summary>
/// Units as the API Sirene tells them, laid out as rows of a stock file: what stands at their head, in the period that runs and in the
/// address comes under the same official names.
/// </summary>
internal sealed class ApiRows(RegisterLayout layout, IReadOnlyList<JsonElement> units) : IRegisterRows
{
    private static readonly string[] Periods = ["periodesUniteLegale", "periodesEtablissement"];

    private readonly string[] _columns = [.. layout.Columns, layout.Treated];
    private readonly byte[][] _values = new byte[layout.Columns.Count + 1][];

    public IReadOnlyList<string> Headers => _columns;

    public long Row { get; private set; }

    public int Count => _columns.Length;

    public long BytesRead => Row;

    public ReadOnlySpan<byte> this[int field] => _values[field];

    public bool Read()
    {
        if (Row >= units.Count)
        {
            return false;
        }

        var unit = units[(int)Row++];
        for (var column = 0; column < _columns.Length; column++)
        {
            _values[column] = Find(unit, _columns[column]) is { } value ? Bytes(value) : [];
        }

        return true;
    }

    /// <summary>The official columns the unit says nothing of, not even that there is nothing.</summary>
    public static IEnumerable<string> Missing(RegisterLayout layout, JsonElement unit) => layout.Columns.Where(column => Find(unit, column) is null);

    private static JsonElement? Find(JsonElement unit, string column) =>
        Property(unit, column)
        ?? Periods.Select(periods => Running(Property(unit, periods))).Select(period => period is { } one ? Property(one, column) : null).FirstOrDefault(found => found is not null)
        ?? (Property(unit, "adresseEtablissement") is { } address ? Property(address, column) : null);

    // The period that has no end; the API gives the latest first.
    private static JsonElement? Running(JsonElement? periods) =>
        periods is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() == 0 ? null
        : list.EnumerateArray().Where(period => Property(period, "dateFin") is not { ValueKind: JsonValueKind.String }).Append(list[0]).First();

    private static JsonElement? Property(JsonElement from, string name) =>
        from.ValueKind is JsonValueKind.Object && from.TryGetProperty(name, out var value) ? value : null;

    private static byte[] Bytes(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Encoding.UTF8.GetBytes(value.GetString()!),
        JsonValueKind.True => [.. "true"u8],
        JsonValueKind.False => [.. "false"u8],
        JsonValueKind.Number => Encoding.UTF8.GetBytes(value.GetRawText()),
        _ => [],
    };
}
