using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>What two sets of words have in common, equal or one typing error apart, weighed by rarity.</summary>
/// <param name="Contained">The shared part of the lighter of the two.</param>
/// <param name="Apart">What each has of its own: the lesser of the two rests.</param>
/// <param name="Open">The words of the shorter name that the longer has not, one bit each; <paramref name="MoreOpen"/>, those of the longer.</param>
internal readonly record struct WordOverlap(double Dice, double Contained, double Bits, double Apart, uint Open, uint MoreOpen)
{
    private const int Most = 12;

    public static WordOverlap Of(CompanyNameIndex names, ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        var swap = left.Length > right.Length;
        var fewer = swap ? right : left;
        var more = swap ? left : right;
        fewer = fewer.Length > Most ? fewer[..Most] : fewer;
        more = more.Length > Most ? more[..Most] : more;
        double sumFewer = 0, sumMore = 0, shared = 0;
        uint open = 0, used = 0;
        foreach (var word in more)
        {
            sumMore += names.WordBits(word);
        }

        for (var i = 0; i < fewer.Length; i++)
        {
            var bits = names.WordBits(fewer[i]);
            sumFewer += bits;
            var j = more.IndexOf(fewer[i]);
            if (j >= 0)
            {
                used |= 1u << j;
                shared += bits;
            }
            else
            {
                open |= 1u << i;
            }
        }

        for (var i = 0; i < fewer.Length && open != 0; i++)
        {
            var alike = (open & (1u << i)) != 0 ? Fuzzy(names, fewer[i], more, ref used) : 0;
            shared += alike;
            open &= alike > 0 ? ~(1u << i) : uint.MaxValue;
        }

        var smaller = Math.Min(sumFewer, sumMore);
        return smaller <= 0
            ? default
            : new WordOverlap(Math.Min(1, 2 * shared / (sumFewer + sumMore)), Math.Min(1, shared / smaller), shared, smaller - shared, open, ~used & ((1u << more.Length) - 1));
    }

    private static double Fuzzy(CompanyNameIndex names, int word, ReadOnlySpan<int> others, ref uint used)
    {
        var facts = names.WordFacts(word);
        double best = 0;
        var at = -1;
        for (var j = 0; j < others.Length; j++)
        {
            if ((used & (1u << j)) != 0)
            {
                continue;
            }

            var other = names.WordFacts(others[j]);
            var alike = MayBeAlike(facts, other) ? Alike(names.Word(word), names.Word(others[j]), facts, other) : 0;
            var worth = alike == 0 ? 0 : Math.Min(facts.Bits, other.Bits) * alike;
            if (worth > best)
            {
                best = worth;
                at = j;
            }
        }

        used |= at >= 0 ? 1u << at : 0;
        return best;
    }

    // What most words are told apart by, without reading them.
    private static bool MayBeAlike(in WordFacts a, in WordFacts b) =>
        Math.Min(a.Length, b.Length) >= 3 && !a.HasDigit && !b.HasDigit
        && (Letters.Within(a.Letters, b.Letters, 2) || a.MayStartAs(b, Math.Min(a.Length, b.Length)));

    private static double Alike(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, in WordFacts x, in WordFacts y)
    {
        var (shorter, longer) = (Math.Min(a.Length, b.Length), Math.Max(a.Length, b.Length));
        var mayBeMistyped = Letters.Within(x.Letters, y.Letters, 2);
        if (shorter >= 4 && Letters.Within(x.Letters, y.Letters, 1) && Levenshtein.OneErrorApart(a, b))
        {
            return .85;
        }

        if (a.CommonPrefixLength(b) == shorter)
        {
            return shorter >= 5 ? .8 : .6;
        }

        if (!mayBeMistyped)
        {
            return 0;
        }

        if (shorter >= 6 && a[0] == b[0] && JaroWinkler.Similarity(a, b) >= .93)
        {
            return .7;
        }

        return shorter >= 5 && longer - shorter <= 2 && Levenshtein.Distance(a, b) <= 2 ? shorter >= 7 ? .65 : .4 : 0;
    }
}
