using System.Text;

namespace Rcu.Matching;

/// <summary>The records to resolve: text as the sources say it, under a key of its own and the name of its source.</summary>
public sealed class RecordSet : IRecordStream
{
    private int _read;

    private readonly List<string> _keys = [];
    private readonly List<string> _sources = [];
    private readonly List<string?[]> _values = [];

    public RecordSet(EntityKind kind, IReadOnlyList<Field> fields) => (Kind, Fields) = (kind, [.. fields]);

    public EntityKind Kind { get; }

    public IReadOnlyList<Field> Fields { get; }

    public int Count => _keys.Count;

    /// <summary>Adds one record, its values in the order of the fields, and returns its index.</summary>
    public int Add(string key, string source, IReadOnlyList<string?> values)
    {
        if (values.Count != Fields.Count)
        {
            throw new ArgumentException($"{Fields.Count} values were expected, not {values.Count}.", nameof(values));
        }

        _keys.Add(key);
        _sources.Add(source);
        _values.Add([.. values]);
        return _keys.Count - 1;
    }

    /// <summary>Gives the records on as text, from the first one each time the last has been given.</summary>
    public void Read(RecordBatch batch, CancellationToken ct)
    {
        for (; _read < Count && !batch.IsFull; _read++)
        {
            ct.ThrowIfCancellationRequested();
            batch.Begin(Encoding.UTF8.GetBytes(_keys[_read]), Encoding.UTF8.GetBytes(_sources[_read]));
            foreach (var value in _values[_read])
            {
                batch.Add(Encoding.UTF8.GetBytes(value ?? ""));
            }
        }

        _read = batch.Count == 0 ? 0 : _read;
    }

    public string KeyOf(int index) => _keys[index];

    public string SourceOf(int index) => _sources[index];

    public IReadOnlyList<string?> ValuesOf(int index) => _values[index];
}
