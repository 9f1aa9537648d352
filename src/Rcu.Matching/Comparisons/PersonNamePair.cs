using Rcu.Matching.Normalisation;
using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>How alike the names of two people are: the level of <see cref="PersonNameComparison"/>.</summary>
internal static class PersonNamePair
{
    private enum Likeness
    {
        Missing,
        Same,
        Near,
        Initial,
        Different,
    }

    public static int LevelOf(PersonNameComparison names, int left, int right)
    {
        var (givenA, familyA, givenB, familyB) = (names.Given(left), names.Family(left), names.Given(right), names.Family(right));
        var straight = Compare(names, givenA, familyA, givenB, familyB);
        if (straight is 0 or 1 or 2)
        {
            return straight;
        }

        var swapped = Compare(names, givenA, familyA, familyB, givenB);
        return swapped is 1 or 2 ? swapped : straight;
    }

    private static int Compare(PersonNameComparison names, int givenA, int familyA, int givenB, int familyB)
    {
        if ((givenA | familyA) == 0 || (givenB | familyB) == 0)
        {
            return 0;
        }

        var given = Words(names, givenA, givenB);
        var family = Words(names, familyA, familyB);
        return (given, family) switch
        {
            (Likeness.Same, Likeness.Same) => 1,
            (Likeness.Same, Likeness.Near) or (Likeness.Near, Likeness.Same) or (Likeness.Near, Likeness.Near) => 2,
            (Likeness.Initial, Likeness.Same or Likeness.Near) => 3,
            (Likeness.Same, Likeness.Initial) => 3,
            (Likeness.Missing, Likeness.Same or Likeness.Near) => 4,
            (Likeness.Same or Likeness.Near, Likeness.Missing) => 4,
            (Likeness.Missing, Likeness.Missing) => 0,
            (Likeness.Different, Likeness.Same or Likeness.Near) => 5,
            (Likeness.Same or Likeness.Near, Likeness.Different) => 6,
            _ => 7,
        };
    }

    private static Likeness Words(PersonNameComparison names, int a, int b)
    {
        if (a == 0 || b == 0)
        {
            return Likeness.Missing;
        }

        if (a == b)
        {
            return Likeness.Same;
        }

        var x = names.Bytes(a);
        var y = names.Bytes(b);
        if (x.Length == 1 || y.Length == 1)
        {
            return x[0] == y[0] ? Likeness.Initial : Likeness.Different;
        }

        var shorter = Math.Min(x.Length, y.Length);
        if ((shorter >= 4 && Levenshtein.OneErrorApart(x, y)) || (shorter >= 6 && JaroWinkler.Similarity(x, y) >= .94))
        {
            return Likeness.Near;
        }

        return SharesWord(x, y) || (shorter >= 3 && x.CommonPrefixLength(y) == shorter) || Diminutives.AreOne(x, y)
            ? Likeness.Initial
            : Likeness.Different;
    }

    /// <summary>"Jean-Pierre" and "Jean", "Martin Durand" and "Durand": one is a part of the other.</summary>
    private static bool SharesWord(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        var longer = x.Length >= y.Length ? x : y;
        var shorter = x.Length >= y.Length ? y : x;
        var words = new Words(longer);
        while (shorter.Length >= 3 && longer.Contains((byte)' ') && words.Next(out var word))
        {
            if (word.SequenceEqual(shorter) || (shorter.Length >= 5 && Levenshtein.OneErrorApart(word, shorter)))
            {
                return true;
            }
        }

        return shorter.Contains((byte)' ') && longer.Length > shorter.Length
            && ((longer.StartsWith(shorter) && longer[shorter.Length] == (byte)' ')
                || (longer.EndsWith(shorter) && longer[^(shorter.Length + 1)] == (byte)' '));
    }
}
