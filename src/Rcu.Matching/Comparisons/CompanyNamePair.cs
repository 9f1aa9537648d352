using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>How alike two company names are, and how surprising that is.</summary>
internal static class CompanyNamePair
{
    private const double RareBits = 6;

    /// <summary>Of all the names of two records, the two that agree best.</summary>
    public static (NameSimilarity Level, double Bits) Of(CompanyNameIndex names, int left, int right)
    {
        var best = (Level: NameSimilarity.Missing, Bits: 0.0);
        foreach (var a in names.Names(left))
        {
            foreach (var b in names.Names(right))
            {
                if (a == 0 || b == 0)
                {
                    break;
                }

                var one = Compare(names, a, b);
                if (best.Level == NameSimilarity.Missing || one.Level < best.Level
                    || (one.Level == best.Level && one.Bits > best.Bits))
                {
                    best = one;
                }
            }
        }

        return best;
    }

    private static (NameSimilarity Level, double Bits) Compare(CompanyNameIndex names, int a, int b)
    {
        var (left, right) = (names.Facts(a), names.Facts(b));
        if (left.Sorted == right.Sorted || left.Compact == right.Compact)
        {
            return (NameSimilarity.Same, Math.Min(Math.Max(names.NameBits(a), names.NameBits(b)), Math.Max(names.SumOfBits(a), names.SumOfBits(b)) + 1));
        }

        var overlap = WordOverlap.Of(names, names.WordsOf(a), names.WordsOf(b));
        var rarity = Math.Min(names.NameBits(a), names.NameBits(b));
        if (overlap.Dice < .9 && IsMistyped(names.CompactBytes(a), names.CompactBytes(b)))
        {
            return (NameSimilarity.Near, Math.Min(rarity, Math.Min(names.SumOfBits(a), names.SumOfBits(b))));
        }

        // Words go together: what they share is never rarer than one name among all. And where each has a rare
        // word of its own, they are two branches, two towns, two subsidiaries.
        var shared = Math.Min(overlap.Bits, rarity);
        if (overlap.Dice >= .9)
        {
            return (NameSimilarity.Near, shared);
        }

        if (overlap.Apart < RareBits && (overlap.Dice >= .68 || (overlap.Contained >= .95 && overlap.Bits >= 7)))
        {
            return (NameSimilarity.Similar, shared);
        }

        if (right.Initials == names.CompactHash(a) || left.Initials == names.CompactHash(b))
        {
            return (NameSimilarity.Acronym, 0);
        }

        return overlap.Dice >= .4 && overlap.Bits >= 5
            ? (NameSimilarity.Partial, overlap.Bits)
            : (NameSimilarity.Different, 0);
    }

    private static bool IsMistyped(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var longest = Math.Max(a.Length, b.Length);
        var errors = Math.Max(1, longest / 9);
        return longest >= 5 && longest - Math.Min(a.Length, b.Length) <= errors
            && Levenshtein.Distance(a, b) <= errors && DigitText.SameDigits(a, b);
    }
}
