using Rcu.Matching.Text;

namespace Rcu.Matching.Blocking;

/// <summary>
/// The keys of all rows under one rule, each before its row, in the order of the keys, then of the rows. Its room serves
/// one rule after the other: that of millions of rows is hundreds of megabytes.
/// </summary>
internal sealed class KeyEntries
{
    private ulong[] _entries = [];
    private ulong[] _sorted = [];

    /// <summary>They hold until the next rule is asked for.</summary>
    public ReadOnlySpan<ulong> Of(BlockingRule rule, int rows)
    {
        if (_entries.Length < rows * rule.Slots)
        {
            _entries = GC.AllocateUninitializedArray<ulong>(rows * rule.Slots);
        }

        var count = 0;
        Span<uint> keys = stackalloc uint[BlockingRule.MostKeys];
        for (var row = 0; row < rows; row++)
        {
            foreach (var key in keys[..rule.KeysOf(row, keys)])
            {
                _entries[count++] = ((ulong)key << 32) | (uint)row;
            }
        }

        if (_sorted.Length < count)
        {
            _sorted = GC.AllocateUninitializedArray<ulong>(count);
        }

        // Rows are written in their order, which the sort keeps: only the bits of the key count.
        return RadixSort.Sort(_entries, _sorted, count, 32).AsSpan(0, count);
    }
}
