using Rcu.Matching.Comparisons;

namespace Rcu.Matching;

/// <summary>
/// The order of the rows, which depends on what the records say and not on how they came: those of one place or one name
/// side by side, so that what is compared is close in memory, then by a hash of all they say.
/// </summary>
internal static class RowOrder
{
    /// <summary>The record that comes at each row.</summary>
    public static int[] Of(RecordKeys keys, ComparisonSet comparisons)
    {
        var order = new int[keys.Count];
        var places = new ulong[keys.Count];
        for (var record = 0; record < order.Length; record++)
        {
            order[record] = record;
            places[record] = (comparisons.Locality(record) & 0xFFFFFFFF00000000) | (keys.HashOf(record) >> 32);
        }

        Array.Sort(places, order);
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && places[end] == places[start])
            {
                end++;
            }

            if (end - start > 1)
            {
                Array.Sort(order, start, end - start, Comparer<int>.Create((left, right) => Compare(keys, left, right)));
            }

            start = end;
        }

        return order;
    }

    private static int Compare(RecordKeys keys, int left, int right)
    {
        var byHash = keys.HashOf(left).CompareTo(keys.HashOf(right));
        var byKey = byHash != 0 ? byHash : keys.KeyBytes(left).SequenceCompareTo(keys.KeyBytes(right));
        return byKey != 0 ? byKey : left.CompareTo(right);
    }
}
