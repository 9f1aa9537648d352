using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>How alike two company names are, and how surprising that is.</summary>
internal static class CompanyNamePair
{
    private const double RareBits = 6;

    /// <summary>The most that several rare words add to how rare a name was counted to be, in bits.</summary>
    public const double MostBonus = 4;


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
        if (a == b)
        {
            return (NameSimilarity.Same, Rarity(names.NameBits(a), names.SumOfBits(a)));
        }

        ref readonly var left = ref names.Facts(a);
        ref readonly var right = ref names.Facts(b);
        if (left.Sorted == right.Sorted || left.Compact == right.Compact)
        {
            return (NameSimilarity.Same, Rarity(Math.Max(names.NameBits(a), names.NameBits(b)), Math.Max(names.SumOfBits(a), names.SumOfBits(b))));
        }

        var (fewer, more) = names.WordsOf(a).Length > names.WordsOf(b).Length ? (b, a) : (a, b);
        var overlap = WordOverlap.Of(names, names.WordsOf(fewer), names.WordsOf(more));
        var rarity = Math.Min(names.NameBits(a), names.NameBits(b));
        var apart = Apart(names, overlap, names.WordsOf(fewer), names.WordsOf(more));
        if (apart != NameSimilarity.Missing)
        {
            return overlap.Dice >= .4 && overlap.Bits >= 5 ? (apart, 0) : (NameSimilarity.Different, 0);
        }

        if (overlap.Dice < .9 && IsMistyped(names, a, b))
        {
            return (NameSimilarity.Near, Rarity(rarity, Math.Min(names.SumOfBits(a), names.SumOfBits(b)) - 1));
        }

        // Words go together: what they share is never much rarer than one name among all. And where each has a word of
        // its own, they are two branches, two trades, two subsidiaries.
        var shared = Rarity(rarity, overlap.Bits - 1);
        var hasOwn = overlap.Open != 0 && overlap.MoreOpen != 0;
        if (overlap.Dice >= .9 && !hasOwn)
        {
            return (NameSimilarity.Near, shared);
        }

        if (!hasOwn && overlap.Apart < RareBits && (overlap.Dice >= .68 || (overlap.Contained >= .95 && overlap.Bits >= 7)))
        {
            return (NameSimilarity.Similar, shared);
        }

        if (IsAcronym(names, left, b) || IsAcronym(names, right, a))
        {
            return (NameSimilarity.Acronym, 0);
        }

        return overlap.Dice >= .4 && overlap.Bits >= 5
            ? (NameSimilarity.Partial, overlap.Bits)
            : (NameSimilarity.Different, 0);
    }

    // What one name has and the other has not may be what tells the two companies apart.
    private static NameSimilarity Apart(CompanyNameIndex names, WordOverlap overlap, ReadOnlySpan<int> fewer, ReadOnlySpan<int> more)
    {
        var (numbersOfFewer, relativesOfFewer) = Telling(names, overlap.Open, fewer);
        var (numbersOfMore, relativesOfMore) = Telling(names, overlap.MoreOpen, more);
        return numbersOfFewer && numbersOfMore ? NameSimilarity.Numbered
            : relativesOfFewer || relativesOfMore ? NameSimilarity.Relative : NameSimilarity.Missing;
    }

    private static (bool Numbers, bool Relatives) Telling(CompanyNameIndex names, uint open, ReadOnlySpan<int> words)
    {
        var (numbers, relatives) = (false, false);
        for (var i = 0; open >> i != 0 && i < words.Length; i++)
        {
            if ((open & (1u << i)) != 0)
            {
                var facts = names.WordFacts(words[i]);
                numbers |= facts.IsNumber;
                relatives |= facts.IsRelative;
            }
        }

        return (numbers, relatives);
    }

    private static bool IsAcronym(CompanyNameIndex names, in CompanyNameFacts longer, int shorter) =>
        longer.Initials != 0 && (longer.Initials == names.CompactHash(shorter) || longer.Initials == names.Facts(shorter).Own);

    // Counting cannot tell a name that exists once from one that could exist once in a million: several rare words can.
    private static double Rarity(double counted, double words) =>
        words <= counted ? words + 1 : counted + Math.Min(MostBonus, (words - counted) / 3);

    private static bool IsMistyped(CompanyNameIndex names, int left, int right)
    {
        ref readonly var x = ref names.Facts(left);
        ref readonly var y = ref names.Facts(right);
        var longest = Math.Max(x.Length, y.Length);
        var errors = Math.Max(1, longest / 9);
        if (longest < 5 || longest - Math.Min(x.Length, y.Length) > errors || !Letters.Within(x.Letters, y.Letters, errors))
        {
            return false;
        }

        var a = names.CompactBytes(left);
        var b = names.CompactBytes(right);
        return Levenshtein.Distance(a, b) <= errors && DigitText.SameDigits(a, b);
    }
}
