using System.Runtime.InteropServices;

namespace Rcu.Matching.Text;

/// <summary>Sorts integers byte by byte, in a time that grows with their number alone; equal bytes keep their order.</summary>
internal static class RadixSort
{
    private const int Small = 256;

    /// <summary>All of the eight bytes count.</summary>
    public static ulong[] Sort(List<ulong> values)
    {
        var sorted = CollectionsMarshal.AsSpan(values).ToArray();
        return Sort(sorted, sorted.Length, 0, 8);
    }

    /// <summary>Sorts the first values by some of their bytes (0 is the lowest); the answer may be the array given or another.</summary>
    public static ulong[] Sort(ulong[] values, int count, int fromByte, int toByte)
    {
        if (count <= Small && toByte == 8 && fromByte == 0)
        {
            Array.Sort(values, 0, count);
            return values;
        }

        var (from, to) = (values, new ulong[values.Length]);
        Span<int> places = stackalloc int[256];
        for (var at = fromByte; at < toByte; at++)
        {
            var shift = at * 8;
            places.Clear();
            for (var i = 0; i < count; i++)
            {
                places[(int)(from[i] >> shift) & 255]++;
            }

            if (IsOne(places, count))
            {
                continue;
            }

            var sum = 0;
            for (var b = 0; b < 256; b++)
            {
                (places[b], sum) = (sum, sum + places[b]);
            }

            for (var i = 0; i < count; i++)
            {
                to[places[(int)(from[i] >> shift) & 255]++] = from[i];
            }

            (from, to) = (to, from);
        }

        return from;
    }

    // Every value has the same byte here.
    private static bool IsOne(ReadOnlySpan<int> places, int count) => places.Contains(count);
}
