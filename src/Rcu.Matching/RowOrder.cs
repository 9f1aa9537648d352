using Rcu.Matching.Comparisons;

namespace Rcu.Matching;

/// <summary>
/// The order of the rows, which depends on what the records say and not on how they came: those of one place or one name
/// side by side, so that what is compared is close in memory, then by a hash of all they say.
/// </summary>
internal static class RowOrder
{
    private const int Part = 1 << 16;

    /// <summary>The record that comes at each row.</summary>
    public static int[] Of(RecordKeys keys, ComparisonSet comparisons, ParallelOptions options)
    {
        var order = new int[keys.Count];
        var places = new ulong[keys.Count];
        var records = new ulong[order.Length];
        Parallel.For(0, (order.Length + Part - 1) / Part, options, part =>
        {
            for (var record = part * Part; record < Math.Min(order.Length, (part + 1) * Part); record++)
            {
                records[record] = (comparisons.Locality(record) & 0xFFFFFFFF00000000) | (keys.HashOf(record) >> 32);
            }
        });

        // Parted by their first byte, each part sorted on its own.
        var ends = new int[256];
        foreach (var place in records)
        {
            ends[(int)(place >> 56)]++;
        }

        for (int i = 0, sum = 0; i < ends.Length; i++)
        {
            (ends[i], sum) = (sum, sum + ends[i]);
        }

        for (var record = 0; record < order.Length; record++)
        {
            var at = ends[(int)(records[record] >> 56)]++;
            (places[at], order[at]) = (records[record], record);
        }

        Parallel.For(0, ends.Length, options, i =>
        {
            var start = i == 0 ? 0 : ends[i - 1];
            Sort(keys, places.AsSpan(start, ends[i] - start), order.AsSpan(start, ends[i] - start));
        });
        return order;
    }

    /// <summary>The row of each record.</summary>
    public static int[] Inverse(int[] order)
    {
        var rowOf = new int[order.Length];
        for (var row = 0; row < order.Length; row++)
        {
            rowOf[order[row]] = row;
        }

        return rowOf;
    }

    private static void Sort(RecordKeys keys, Span<ulong> places, Span<int> order)
    {
        places.Sort(order);
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && places[end] == places[start])
            {
                end++;
            }

            if (end - start > 1)
            {
                order[start..end].Sort((left, right) => Compare(keys, left, right));
            }

            start = end;
        }
    }

    private static int Compare(RecordKeys keys, int left, int right)
    {
        var byHash = keys.HashOf(left).CompareTo(keys.HashOf(right));
        var byKey = byHash != 0 ? byHash : keys.KeyBytes(left).SequenceCompareTo(keys.KeyBytes(right));
        return byKey != 0 ? byKey : left.CompareTo(right);
    }
}
