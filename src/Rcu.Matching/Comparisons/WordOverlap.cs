using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>What two sets of words have in common, equal or one typing error apart, weighed by rarity.</summary>
/// <param name="Contained">The shared part of the lighter of the two.</param>
/// <param name="Apart">What each has of its own: the lesser of the two rests.</param>
internal readonly record struct WordOverlap(double Dice, double Contained, double Bits, double Apart)
{
    private const int Most = 12;

    public static WordOverlap Of(ValueTable table, List<float> bits, int[] left, int[] right)
    {
        if (left.Length > right.Length)
        {
            (left, right) = (right, left);
        }

        Span<bool> used = stackalloc bool[Most];
        var (countLeft, countRight) = (Math.Min(left.Length, Most), Math.Min(right.Length, Most));
        double sumLeft = 0, sumRight = 0, shared = 0;
        var open = 0UL;
        for (var j = 0; j < countRight; j++)
        {
            sumRight += bits[right[j]];
        }

        for (var i = 0; i < countLeft; i++)
        {
            sumLeft += bits[left[i]];
            var j = right.AsSpan(0, countRight).IndexOf(left[i]);
            if (j >= 0)
            {
                used[j] = true;
                shared += bits[left[i]];
            }
            else
            {
                open |= 1UL << i;
            }
        }

        for (var i = 0; i < countLeft && open != 0; i++)
        {
            shared += (open & (1UL << i)) != 0 ? Fuzzy(table, bits, left[i], right, countRight, used) : 0;
        }

        var smaller = Math.Min(sumLeft, sumRight);
        return smaller <= 0
            ? default
            : new WordOverlap(Math.Min(1, 2 * shared / (sumLeft + sumRight)), Math.Min(1, shared / smaller), shared, smaller - shared);
    }

    private static double Fuzzy(
        ValueTable table, List<float> bits, int word, int[] right, int countRight, Span<bool> used)
    {
        var text = table.Bytes(word);
        double best = 0;
        var at = -1;
        for (var j = 0; j < countRight && text.Length >= 3; j++)
        {
            if (used[j])
            {
                continue;
            }

            var other = table.Bytes(right[j]);
            var worth = Math.Min(bits[word], bits[right[j]]) * Alike(text, other);
            if (worth > best)
            {
                best = worth;
                at = j;
            }
        }

        if (at >= 0)
        {
            used[at] = true;
        }

        return best;
    }

    private static double Alike(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var shorter = Math.Min(a.Length, b.Length);
        if (shorter >= 4 && Levenshtein.OneErrorApart(a, b))
        {
            return DigitText.HasDigit(a) || DigitText.HasDigit(b) ? 0 : .85;
        }

        if (shorter >= 3 && a.CommonPrefixLength(b) == shorter && !DigitText.HasDigit(a) && !DigitText.HasDigit(b))
        {
            return shorter >= 5 ? .8 : .6;
        }

        return shorter >= 6 && JaroWinkler.Similarity(a, b) >= .93 ? .7 : 0;
    }
}
