using System.Text;
using Rcu.Data;
using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>
/// Gives the engine the clean records of one kind straight from the server's copy, and remembers which they were. Its rows
/// begin with the record's id, its source and when it was cleaned; then come the values, field by field.
/// </summary>
internal sealed class RecordFeed(
    EntityKind kind, IReadOnlyList<Field> fields, CopyReader rows, IReadOnlyDictionary<Guid, string> sources, RecordFeed.ValueOf value)
    : IRecordStream, IDisposable
{
    /// <summary>How many columns come before the values.</summary>
    public const int Before = 3;

    /// <summary>The value of a field in the row just read, empty when there is none; fields are asked for in order.</summary>
    public delegate ReadOnlySpan<byte> ValueOf(CopyReader row, int field);

    private readonly byte[] _key = new byte[32];
    private readonly Dictionary<Guid, byte[]> _sources = sources.ToDictionary(s => s.Key, s => Encoding.UTF8.GetBytes(s.Value));
    private bool _ended;

    public EntityKind Kind => kind;

    public IReadOnlyList<Field> Fields => fields;

    public KnownRecords Known { get; } = new();

    /// <summary>Which records are put before the engine: clean, still there, and not what people typed about a golden row.</summary>
    /// <param name="record">How the query names the record's row.</param>
    public static string Which(string kind, string record = "r") =>
        $"{record}.kind = '{kind}' and {record}.cleaned_at is not null and {record}.removed_at is null and not ({ResolutionData.Corrected(record)})";

    public void Read(RecordBatch batch, CancellationToken ct)
    {
        while (!batch.IsFull && Next() is { } source)
        {
            batch.Begin(_key, source);
            for (var field = 0; field < fields.Count; field++)
            {
                batch.Add(value(rows, field));
            }
        }

        ct.ThrowIfCancellationRequested();
    }

    /// <summary>The records one by one, as text: for the few that changed.</summary>
    public List<ChangedRecord> Changes(CancellationToken ct)
    {
        var changes = new List<ChangedRecord>();
        while (Next() is { } source)
        {
            ct.ThrowIfCancellationRequested();
            var values = new string?[fields.Count];
            for (var field = 0; field < values.Length; field++)
            {
                values[field] = value(rows, field) is { Length: > 0 } text ? Encoding.UTF8.GetString(text) : null;
            }

            changes.Add(new ChangedRecord(rows.Guid(0), rows.Guid(1), Encoding.UTF8.GetString(source), rows.Instant(2), values));
        }

        return changes;
    }

    public void Dispose() => rows.Dispose();

    // Goes to the next record: the name of its source; null after the last one.
    private byte[]? Next()
    {
        while (!_ended && rows.Read())
        {
            // A source that came meanwhile is left to the next resolution.
            var (id, source) = (rows.Guid(0), rows.Guid(1));
            if (_sources.TryGetValue(source, out var name))
            {
                Known.Add(id, source, known => sources[known], rows.Instant(2));
                id.TryFormat(_key, out _, "N");
                return name;
            }
        }

        _ended = true;
        return null;
    }
}
