namespace Rcu.Benchmarks.Generator;

/// <summary>
/// Which entity each row of a set is about, and which of its copies, at the same cost for any row: of 200 rows, 110 stand alone and
/// 90 share an entity with one to nine others. Rows of one entity are scattered over the whole set.
/// </summary>
internal sealed class Layout
{
    private const int BlockRows = 200;
    private static readonly (int Slot, int Copy)[] Places = [.. Enumerable.Empty<int>()
        .Append(10).Concat(Enumerable.Repeat(4, 2)).Concat(Enumerable.Repeat(3, 6)).Concat(Enumerable.Repeat(2, 27))
        .Concat(Enumerable.Repeat(1, 110))
        .SelectMany((size, slot) => Enumerable.Range(0, size).Select(copy => (slot, copy)))];

    private readonly ulong _seed;
    private readonly long _rows;
    private readonly int _halfBits;

    public Layout(ulong seed, long rows)
    {
        (_seed, _rows) = (seed, rows);
        while (1L << (2 * _halfBits) < rows)
        {
            _halfBits++;
        }
    }

    public static int SlotsPerBlock { get; } = Places[^1].Slot + 1;

    public (long Entity, int Copy) At(long row)
    {
        var place = Scattered(row);
        var (slot, copy) = Places[place % BlockRows];
        return (place / BlockRows * SlotsPerBlock + slot, copy);
    }

    // A Feistel network is one to one on a power of four; what falls outside the set is sent through again.
    private long Scattered(long row)
    {
        var mask = (1UL << _halfBits) - 1;
        var value = (ulong)row;
        do
        {
            var (left, right) = (value >> _halfBits, value & mask);
            for (var round = 1UL; round <= 4; round++)
            {
                (left, right) = (right, left ^ (Dice.Mixed(_seed ^ (round << 56) ^ right) & mask));
            }

            value = (left << _halfBits) | right;
        }
        while (value >= (ulong)_rows);
        return (long)value;
    }
}
