using System.Text;
using Rcu.Matching.Text;

namespace Rcu.Matching;

/// <summary>The keys and the sources of the records, in the order they came: all that is kept of their text.</summary>
internal sealed class RecordKeys(IReadOnlyList<Field> fields)
{
    private const int PageBits = 20;
    private const int PageSize = 1 << PageBits;
    private readonly int[] _told = [.. Enumerable.Range(0, fields.Count).Where(field => !fields[field].IsMade)];
    private readonly List<byte[]> _pages = [new byte[PageSize]];
    private readonly ByteTable _sources = new();
    private readonly List<string> _sourceNames = [""];
    private (uint Start, ushort Length, ushort Source, ulong Hash)[] _records = new (uint, ushort, ushort, ulong)[1024];
    private int _used;

    public int Count { get; private set; }

    public void Add(RecordBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            Add(batch, i);
        }
    }

    public ReadOnlySpan<byte> KeyBytes(int record)
    {
        var (start, length, _, _) = _records[record];
        return _pages[(int)(start >> PageBits)].AsSpan((int)(start & (PageSize - 1)), length);
    }

    public string KeyOf(int record) => Encoding.UTF8.GetString(KeyBytes(record));

    public string SourceOf(int record) => _sourceNames[_records[record].Source];

    public int SourceCode(int record) => _records[record].Source;

    public int SourceCodeOf(string source) => _sources.Find(Encoding.UTF8.GetBytes(source));

    /// <summary>
    /// A hash of all that a record says and of its source, but not of its key: the same records loaded again under other keys
    /// are looked at in the same order.
    /// </summary>
    public ulong HashOf(int record) => _records[record].Hash;

    /// <summary>Overwrites what a record says, under the same key and source.</summary>
    public void Change(int record, RecordBatch batch) => _records[record].Hash = HashOf(batch, 0);

    private ulong HashOf(RecordBatch batch, int record)
    {
        var hash = Hash.Of(batch.Source(record));
        foreach (var field in _told)
        {
            hash = Hash.With(hash, Hash.Of(batch.Value(record, field)));
        }

        return hash;
    }

    private void Add(RecordBatch batch, int record)
    {
        if (Count == _records.Length)
        {
            Array.Resize(ref _records, Count * 2);
        }

        var key = batch.Key(record);
        key = key.Length > PageSize / 16 ? key[..(PageSize / 16 - 1)] : key;
        if (_used + key.Length > PageSize)
        {
            _pages.Add(new byte[PageSize]);
            _used = 0;
        }

        var source = _sources.Encode(batch.Source(record));
        if (source == _sourceNames.Count)
        {
            _sourceNames.Add(Encoding.UTF8.GetString(batch.Source(record)));
        }

        key.CopyTo(_pages[^1].AsSpan(_used));
        _records[Count++] = (((uint)(_pages.Count - 1) << PageBits) | (uint)_used, (ushort)key.Length, (ushort)source, HashOf(batch, record));
        _used += key.Length;
    }
}
