using System.Collections.Concurrent;

namespace Rcu.Matching.Blocking;

/// <summary>
/// The blocks of one rule: records with one key stand together, in row order, so that a record finds those before it by
/// walking its block up to itself. Keys are 32 bits: two of a million may fall together and cost one comparison.
/// </summary>
internal sealed class KeyTable
{
    private readonly int[] _rows;
    private readonly int[] _sizes;

    public KeyTable(BlockingRule rule, int rows, KeyEntries entries)
    {
        Rule = rule;
        (_rows, _sizes) = Blocks(entries.Of(rule, rows));
        BlocksOfSize = CountBySize(_sizes);
    }

    /// <summary>The blocks of every rule, several at once.</summary>
    public static KeyTable[] Of(IReadOnlyList<BlockingRule> rules, int rows, ParallelOptions options)
    {
        var tables = new KeyTable[rules.Count];
        var rooms = new ConcurrentBag<KeyEntries>();

        // Those of many keys first, so that no thread waits for one in the end.
        var order = Enumerable.Range(0, tables.Length).OrderByDescending(rule => rules[rule].Slots).ToArray();
        Parallel.ForEach(Partitioner.Create(order, loadBalance: true), options, rule =>
        {
            var room = rooms.TryTake(out var free) ? free : new KeyEntries();
            tables[rule] = new KeyTable(rules[rule], rows, room);
            rooms.Add(room);
        });
        return tables;
    }

    public BlockingRule Rule { get; }

    /// <summary>The sizes of the blocks of two records or more.</summary>
    public ReadOnlySpan<int> Sizes => _sizes;

    /// <summary>How many blocks there are of each size that occurs.</summary>
    public (int Size, long Blocks)[] BlocksOfSize { get; }

    /// <summary>Larger blocks are only compared within a window of neighbours by name.</summary>
    public int Cap { get; private set; }

    public int Window => Rule.WindowOf(Cap);

    /// <summary>Makes the blocks ready to be walked, the large ones in the order of names.</summary>
    public void Complete(int cap, Func<int, ulong> nameOf)
    {
        Cap = cap = Rule.CapOf(cap);
        var start = 0;
        foreach (var size in _sizes)
        {
            if (size > cap)
            {
                NameOrder.Sort(_rows.AsSpan(start, size), nameOf);
            }

            start += size;
        }
    }

    /// <summary>Some of the rows of the blocks, one after the other.</summary>
    public ReadOnlySpan<int> Rows(int start, int end) => _rows.AsSpan(start, end - start);

    /// <summary>
    /// Tells, of each row from one up to another, where those that share its key stand: in a block, those before it; in a
    /// large one, its neighbours on both sides.
    /// </summary>
    public void List(int from, int to, Action<int, int, int> told)
    {
        var start = 0;
        var window = Window;
        foreach (var size in _sizes)
        {
            var end = start + size;
            for (var i = start; i < end; i++)
            {
                var row = _rows[i];
                if (row < from || row >= to)
                {
                    continue;
                }

                if (size > Cap)
                {
                    told(row, Math.Max(start, i - window), Math.Min(end, i + window + 1));
                }
                else if (i > start)
                {
                    told(row, start, i);
                }
            }

            start = end;
        }
    }

    private static (int Size, long Blocks)[] CountBySize(int[] sizes)
    {
        var counts = new long[sizes.DefaultIfEmpty().Max() + 1];
        foreach (var size in sizes)
        {
            counts[size]++;
        }

        return [.. counts.Index().Where(one => one.Item > 0)];
    }

    private static (int[] Rows, int[] Sizes) Blocks(ReadOnlySpan<ulong> entries)
    {
        var sizes = new List<int>();
        for (var start = 0; start < entries.Length;)
        {
            var end = EndOf(entries, start);
            if (end - start > 1)
            {
                sizes.Add(end - start);
            }

            start = end;
        }

        var rows = GC.AllocateUninitializedArray<int>(sizes.Sum());
        for (int start = 0, count = 0; count < rows.Length;)
        {
            var end = EndOf(entries, start);
            for (var i = start; end - start > 1 && i < end; i++)
            {
                rows[count++] = (int)(uint)entries[i];
            }

            start = end;
        }

        return (rows, [.. sizes]);
    }

    // Where the block that starts here ends.
    private static int EndOf(ReadOnlySpan<ulong> entries, int start)
    {
        var end = start + 1;
        while (end < entries.Length && entries[end] >> 32 == entries[start] >> 32)
        {
            end++;
        }

        return end;
    }
}
