using System.Numerics;

namespace Rcu.Matching.Text;

/// <summary>Jaro-Winkler on ASCII bytes, with the matched characters kept as bits of one word: 64 characters at most.</summary>
internal static class JaroWinkler
{
    public const int Longest = 64;

    public static double Similarity(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        left = left.Length > Longest ? left[..Longest] : left;
        right = right.Length > Longest ? right[..Longest] : right;
        if (left.Length == 0 || right.Length == 0)
        {
            return left.Length == right.Length ? 1 : 0;
        }

        if (left.Length > right.Length)
        {
            var swap = left;
            left = right;
            right = swap;
        }

        Span<ulong> positions = stackalloc ulong[128];
        positions.Clear();
        for (var i = 0; i < right.Length; i++)
        {
            positions[right[i] & 127] |= 1UL << i;
        }

        var reach = Math.Max(0, (right.Length / 2) - 1);
        ulong matchedLeft = 0, matchedRight = 0;
        for (var i = 0; i < left.Length; i++)
        {
            var from = Math.Max(0, i - reach);
            var width = i + reach - from + 1;
            var window = (width >= 64 ? ulong.MaxValue : (1UL << width) - 1) << from;
            var free = positions[left[i] & 127] & window & ~matchedRight;
            if (free != 0)
            {
                matchedRight |= free & (~free + 1);
                matchedLeft |= 1UL << i;
            }
        }

        var matches = BitOperations.PopCount(matchedLeft);
        if (matches == 0)
        {
            return 0;
        }

        var moved = 0;
        for (ulong l = matchedLeft, r = matchedRight; l != 0; l &= l - 1, r &= r - 1)
        {
            if (left[BitOperations.TrailingZeroCount(l)] != right[BitOperations.TrailingZeroCount(r)])
            {
                moved++;
            }
        }

        double m = matches;
        var jaro = ((m / left.Length) + (m / right.Length) + ((m - (moved / 2)) / m)) / 3;
        var prefix = 0;
        while (prefix < 4 && prefix < left.Length && left[prefix] == right[prefix])
        {
            prefix++;
        }

        return jaro + (prefix * .1 * (1 - jaro));
    }
}
