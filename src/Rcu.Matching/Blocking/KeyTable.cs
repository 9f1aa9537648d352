namespace Rcu.Matching.Blocking;

/// <summary>The keys of one rule, sorted: records with one key stand together, in the order of a name.</summary>
internal sealed class KeyTable
{
    private readonly ulong[] _keys;
    private readonly int[] _rows;
    private readonly ulong[] _keyOf;
    private readonly int[] _placeOf;

    public KeyTable(BlockingRule rule, int rows, int[] nameRank)
    {
        Rule = rule;
        var keys = new List<ulong>(rows);
        var holders = new List<int>(rows);
        _keyOf = new ulong[rows * BlockingRule.MostKeys];
        _placeOf = new int[rows * BlockingRule.MostKeys];
        Span<ulong> own = stackalloc ulong[BlockingRule.MostKeys];
        for (var row = 0; row < rows; row++)
        {
            var count = KeysOf(rule, row, own);
            for (var i = 0; i < count; i++)
            {
                _keyOf[(row * BlockingRule.MostKeys) + i] = own[i];
                keys.Add(own[i]);
                holders.Add(row);
            }
        }

        _keys = [.. keys];
        _rows = [.. holders];
        Array.Sort(_keys, _rows);
        var byName = Comparer<int>.Create((a, b) => nameRank[a] != nameRank[b] ? nameRank[a].CompareTo(nameRank[b]) : a.CompareTo(b));
        foreach (var (start, end) in Blocks())
        {
            Array.Sort(_rows, start, end - start, byName);
            for (var i = start; i < end; i++)
            {
                _placeOf[SlotOf(_rows[i], _keys[i])] = i - start;
            }
        }
    }

    public BlockingRule Rule { get; }

    /// <summary>Blocks larger than this are only compared within a window of neighbours by name.</summary>
    public int Cap { get; set; } = int.MaxValue;

    public int Window => Math.Max(4, Cap / 8);

    public ReadOnlySpan<int> Rows(int start, int end) => _rows.AsSpan(start, end - start);

    /// <summary>Where each block of two records or more begins and ends.</summary>
    public IEnumerable<(int Start, int End)> Blocks()
    {
        for (var start = 0; start < _keys.Length;)
        {
            var end = start + 1;
            while (end < _keys.Length && _keys[end] == _keys[start])
            {
                end++;
            }

            if (end - start > 1)
            {
                yield return (start, end);
            }

            start = end;
        }
    }

    /// <summary>The block of a key.</summary>
    public ReadOnlySpan<int> RowsOf(ulong key)
    {
        var at = Array.BinarySearch(_keys, key);
        if (at < 0)
        {
            return [];
        }

        var (start, end) = (at, at + 1);
        while (start > 0 && _keys[start - 1] == key)
        {
            start--;
        }

        while (end < _keys.Length && _keys[end] == key)
        {
            end++;
        }

        return _rows.AsSpan(start, end - start);
    }

    public ulong KeyAt(int position) => _keys[position];

    public int SizeOf(ulong key) => RowsOf(key).Length;

    /// <summary>Whether this rule compares two records under a key other than, and before, the one given (0: any key).</summary>
    public bool Pairs(int left, int right, ulong before)
    {
        for (var i = left * BlockingRule.MostKeys; i < (left + 1) * BlockingRule.MostKeys && _keyOf[i] != 0; i++)
        {
            if (before != 0 && _keyOf[i] >= before)
            {
                continue;
            }

            var other = Find(right, _keyOf[i]);
            if (other >= 0 && (Math.Abs(_placeOf[i] - _placeOf[other]) <= Window || RowsOf(_keyOf[i]).Length <= Cap))
            {
                return true;
            }
        }

        return false;
    }

    public static int KeysOf(BlockingRule rule, int row, Span<ulong> keys)
    {
        keys.Clear();
        var count = rule.Keys(row, keys);
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            if (keys[i] != 0 && !keys[..kept].Contains(keys[i]))
            {
                keys[kept++] = keys[i];
            }
        }

        keys[kept..].Clear();
        return kept;
    }

    private int Find(int row, ulong key)
    {
        for (var i = row * BlockingRule.MostKeys; i < (row + 1) * BlockingRule.MostKeys && _keyOf[i] != 0; i++)
        {
            if (_keyOf[i] == key)
            {
                return i;
            }
        }

        return -1;
    }

    private int SlotOf(int row, ulong key) => Find(row, key);
}
