namespace Rcu.Matching.Blocking;

/// <summary>
/// The keys of one rule, to find the rows of a record that is not in the set: those known from the start in one sorted
/// array, those added since beside them.
/// </summary>
internal sealed class KeyLookup
{
    private readonly uint[] _keys;
    private readonly int[] _rows;
    private readonly int _cap;
    private readonly Func<int, ulong> _nameOf;
    private readonly Dictionary<uint, List<int>> _added = [];

    public KeyLookup(BlockingRule rule, int rows, int cap, Func<int, ulong> nameOf)
    {
        (Rule, _cap, _nameOf) = (rule, rule.CapOf(cap), nameOf);
        var entries = new KeyEntries().Of(rule, rows);
        (_keys, _rows) = (new uint[entries.Length], new int[entries.Length]);
        for (var i = 0; i < entries.Length; i++)
        {
            (_keys[i], _rows[i]) = ((uint)(entries[i] >> 32), (int)(uint)entries[i]);
        }

        SortLargeBlocks();
    }

    public BlockingRule Rule { get; }

    /// <summary>The rows under a key that a row would be compared with, were it one of the set: in a large block, its neighbours by name.</summary>
    public ReadOnlySpan<int> Known(uint key, int row)
    {
        var (start, end) = (Bound(key), _keys.Length);
        end = key == uint.MaxValue ? end : Bound(key + 1);
        var block = _rows.AsSpan(start, end - start);
        if (block.Length < _cap)
        {
            return block;
        }

        var place = NameOrder.PlaceOf(block, _nameOf(row), _nameOf);
        var window = Rule.WindowOf(_cap);
        return block[Math.Max(0, place - window)..Math.Min(block.Length, place + window)];
    }

    public IReadOnlyList<int> Added(uint key) => _added.TryGetValue(key, out var rows) ? rows : [];

    public void Add(int row)
    {
        Span<uint> keys = stackalloc uint[BlockingRule.MostKeys];
        foreach (var key in keys[..Rule.KeysOf(row, keys)])
        {
            var rows = _added.TryGetValue(key, out var known) ? known : _added[key] = [];
            if (!rows.Contains(row))
            {
                rows.Add(row);
            }
        }
    }

    private void SortLargeBlocks()
    {
        for (var start = 0; start < _keys.Length;)
        {
            var end = start + 1;
            while (end < _keys.Length && _keys[end] == _keys[start])
            {
                end++;
            }

            if (end - start >= _cap)
            {
                NameOrder.Sort(_rows.AsSpan(start, end - start), _nameOf);
            }

            start = end;
        }
    }

    // The first place whose key is not less.
    private int Bound(uint key)
    {
        var (low, high) = (0, _keys.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = _keys[middle] < key ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
