using System.Runtime.InteropServices;

namespace Rcu.Matching.Text;

/// <summary>Sorts integers digit by digit, in a time that grows with their number alone; equal digits keep their order.</summary>
internal static class RadixSort
{
    private const int Small = 256;

    // A digit of eleven bits: its counts still lie in the first cache, and three of them make a key.
    private const int DigitBits = 11;
    private const int Digits = 1 << DigitBits;

    /// <summary>All of the 64 bits count.</summary>
    public static ulong[] Sort(List<ulong> values)
    {
        var sorted = CollectionsMarshal.AsSpan(values).ToArray();
        if (sorted.Length > Small)
        {
            return Sort(sorted, GC.AllocateUninitializedArray<ulong>(sorted.Length), sorted.Length, 0);
        }

        Array.Sort(sorted);
        return sorted;
    }

    /// <summary>Sorts the first values by their bits from one up; the answer is the array given or the room beside it.</summary>
    public static ulong[] Sort(ulong[] values, ulong[] room, int count, int fromBit)
    {
        var (from, to) = (values, room);
        Span<int> places = stackalloc int[Digits];
        for (var shift = fromBit; shift < 64; shift += DigitBits)
        {
            places.Clear();
            for (var i = 0; i < count; i++)
            {
                places[(int)(from[i] >> shift) & (Digits - 1)]++;
            }

            // Every value has the same digit here.
            if (places.Contains(count))
            {
                continue;
            }

            var sum = 0;
            for (var digit = 0; digit < Digits; digit++)
            {
                (places[digit], sum) = (sum, sum + places[digit]);
            }

            for (var i = 0; i < count; i++)
            {
                to[places[(int)(from[i] >> shift) & (Digits - 1)]++] = from[i];
            }

            (from, to) = (to, from);
        }

        return from;
    }
}
