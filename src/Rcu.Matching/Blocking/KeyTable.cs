namespace Rcu.Matching.Blocking;

/// <summary>
/// The blocks of one rule: records with one key stand together, in row order, so that a record finds those before it by
/// walking its block up to itself. Keys are 32 bits: two of a million may fall together and cost one comparison.
/// </summary>
internal sealed class KeyTable
{
    private readonly int[] _rows;
    private readonly List<(int Start, int End)> _large = [];
    private readonly int[] _sizes;

    // Of each slot of a record: where its block starts, from 1; its own place in a large block, negative; 0 for none.
    private int[] _places = [];

    public KeyTable(BlockingRule rule, int rows)
    {
        Rule = rule;
        (_rows, _sizes) = Blocks(KeyEntries.Of(rule, rows));
    }

    public BlockingRule Rule { get; }

    /// <summary>The sizes of the blocks of two records or more.</summary>
    public ReadOnlySpan<int> Sizes => _sizes;

    /// <summary>Larger blocks are only compared within a window of neighbours by name.</summary>
    public int Cap { get; private set; }

    public int Window => Rule.WindowOf(Cap);

    /// <summary>Makes the blocks ready to be walked, the large ones in the order of names.</summary>
    public void Complete(int rows, int cap, Func<int, ulong> nameOf)
    {
        Cap = cap = Rule.CapOf(cap);
        _places = new int[rows * Rule.Slots];
        var start = 0;
        foreach (var size in _sizes)
        {
            var end = start + size;
            if (size > cap)
            {
                NameOrder.Sort(_rows.AsSpan(start, size), nameOf);
                _large.Add((start, end));
            }

            for (var i = start; i < end; i++)
            {
                Place(_rows[i], size > cap ? -i - 1 : start + 1);
            }

            start = end;
        }
    }

    /// <summary>The rows before a row that share its key in one slot, those of a large block being its neighbours on both sides.</summary>
    public ReadOnlySpan<int> Neighbours(int row, int slot, out bool isLarge)
    {
        var place = _places[(row * Rule.Slots) + slot];
        isLarge = place < 0;
        if (place == 0)
        {
            return [];
        }

        if (place < 0)
        {
            var (start, end) = LargeAt(-place - 1);
            return _rows.AsSpan(Math.Max(start, -place - 1 - Window)..Math.Min(end, -place + Window));
        }

        return _rows.AsSpan(place - 1);
    }

    private static (int[] Rows, int[] Sizes) Blocks(ReadOnlySpan<ulong> entries)
    {
        var rows = new int[entries.Length];
        var sizes = new List<int>();
        var count = 0;
        for (var start = 0; start < entries.Length;)
        {
            var end = start + 1;
            while (end < entries.Length && entries[end] >> 32 == entries[start] >> 32)
            {
                end++;
            }

            if (end - start > 1)
            {
                sizes.Add(end - start);
                for (var i = start; i < end; i++)
                {
                    rows[count++] = (int)(uint)entries[i];
                }
            }

            start = end;
        }

        return (rows[..count], [.. sizes]);
    }

    private void Place(int row, int place)
    {
        var slot = row * Rule.Slots;
        while (_places[slot] != 0)
        {
            slot++;
        }

        _places[slot] = place;
    }

    private (int Start, int End) LargeAt(int place)
    {
        var (low, high) = (0, _large.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _large[middle].Start <= place ? (middle, high) : (low, middle - 1);
        }

        return _large[low];
    }
}
