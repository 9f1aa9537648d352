namespace Rcu.Matching;

/// <summary>
/// Some thousands of records as UTF-8 text, one after the other: how a large file or table reaches the engine without a
/// string per value. A record is begun with its key and its source, then given one value per field, in order.
/// </summary>
public sealed class RecordBatch(int fields, int size = RecordBatch.Size)
{
    /// <summary>How many records make a batch.</summary>
    public const int Size = 8192;

    private readonly int[] _ends = new int[(size * (fields + 2)) + 1];
    private byte[] _bytes = new byte[size * 64];
    private int _values;

    public int Count { get; private set; }

    public bool IsFull => Count == size;

    internal int Fields => fields;

    public void Clear() => (Count, _values) = (0, 0);

    /// <summary>Begins a record.</summary>
    /// <exception cref="InvalidOperationException">The batch is full, or the record before lacks values.</exception>
    public void Begin(ReadOnlySpan<byte> key, ReadOnlySpan<byte> source)
    {
        if (IsFull || _values != Count * (fields + 2))
        {
            throw new InvalidOperationException(IsFull ? "The batch is full." : $"{fields} values were expected.");
        }

        Count++;
        Append(key);
        Append(source);
    }

    /// <summary>Gives the record just begun its next value; empty is none.</summary>
    public void Add(ReadOnlySpan<byte> value)
    {
        if (_values == Count * (fields + 2))
        {
            throw new InvalidOperationException($"{fields} values were expected.");
        }

        Append(value);
    }

    internal ReadOnlySpan<byte> Key(int record) => At(record * (fields + 2));

    internal ReadOnlySpan<byte> Source(int record) => At((record * (fields + 2)) + 1);

    internal ReadOnlySpan<byte> Value(int record, int field) => At((record * (fields + 2)) + 2 + field);

    private ReadOnlySpan<byte> At(int value) => _bytes.AsSpan(_ends[value].._ends[value + 1]);

    private void Append(ReadOnlySpan<byte> value)
    {
        var start = _ends[_values];
        if (start + value.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, start + value.Length));
        }

        value.CopyTo(_bytes.AsSpan(start));
        _ends[++_values] = start + value.Length;
    }
}
