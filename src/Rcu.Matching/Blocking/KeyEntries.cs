using Rcu.Matching.Text;

namespace Rcu.Matching.Blocking;

/// <summary>The keys of all rows under one rule, each before its row, in the order of the keys, then of the rows.</summary>
internal static class KeyEntries
{
    public static ReadOnlySpan<ulong> Of(BlockingRule rule, int rows)
    {
        var entries = GC.AllocateUninitializedArray<ulong>(rows * rule.Slots);
        var count = 0;
        Span<uint> keys = stackalloc uint[BlockingRule.MostKeys];
        for (var row = 0; row < rows; row++)
        {
            foreach (var key in keys[..rule.KeysOf(row, keys)])
            {
                entries[count++] = ((ulong)key << 32) | (uint)row;
            }
        }

        // Rows are written in their order, which the sort keeps: only the bits of the key count.
        return RadixSort.Sort(entries, GC.AllocateUninitializedArray<ulong>(count), count, 32).AsSpan(0, count);
    }
}
