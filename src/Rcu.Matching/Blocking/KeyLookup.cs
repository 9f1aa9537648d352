using Rcu.Matching.Text;

namespace Rcu.Matching.Blocking;

/// <summary>
/// The keys of one rule, to find the rows of a record that is not in the set: those known from the start in one sorted
/// array, those added since beside them.
/// </summary>
internal sealed class KeyLookup
{
    private readonly uint[] _keys;
    private readonly int[] _rows;
    private readonly Dictionary<uint, List<int>> _added = [];

    public KeyLookup(BlockingRule rule, int rows)
    {
        Rule = rule;
        var entries = new ulong[rows * rule.Slots];
        var count = 0;
        Span<uint> keys = stackalloc uint[BlockingRule.MostKeys];
        for (var row = 0; row < rows; row++)
        {
            var written = rule.KeysOf(row, keys);
            for (var i = 0; i < written; i++)
            {
                entries[count++] = ((ulong)keys[i] << 32) | (uint)row;
            }
        }

        entries = RadixSort.Sort(entries, count, 4, 8);
        (_keys, _rows) = (new uint[count], new int[count]);
        for (var i = 0; i < count; i++)
        {
            (_keys[i], _rows[i]) = ((uint)(entries[i] >> 32), (int)(uint)entries[i]);
        }
    }

    public BlockingRule Rule { get; }

    public ReadOnlySpan<int> Known(uint key)
    {
        var (start, end) = (Bound(key), _keys.Length);
        end = key == uint.MaxValue ? end : Bound(key + 1);
        return _rows.AsSpan(start..end);
    }

    public IReadOnlyList<int> Added(uint key) => _added.TryGetValue(key, out var rows) ? rows : [];

    public void Add(int row)
    {
        Span<uint> keys = stackalloc uint[BlockingRule.MostKeys];
        foreach (var key in keys[..Rule.KeysOf(row, keys)])
        {
            (_added.TryGetValue(key, out var rows) ? rows : _added[key] = []).Add(row);
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
