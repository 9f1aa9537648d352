using System.Numerics;
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

        ref readonly var x = ref names.Facts(a);
        ref readonly var y = ref names.Facts(b);
        if (x.Length == 1 || y.Length == 1)
        {
            return x.HasFirstLetterOf(y) ? Likeness.Initial : Likeness.Different;
        }

        if (AreNear(names, x, y, a, b))
        {
            return Likeness.Near;
        }

        var shorter = Math.Min(x.Length, y.Length);
        return ((x.HasSpace || y.HasSpace) && SharesWord(names.Bytes(a), names.Bytes(b)))
            || (shorter >= 3 && x.MayStartAs(y, shorter) && names.Bytes(a).CommonPrefixLength(names.Bytes(b)) == shorter)
            || Diminutives.AreOne(x.Diminutive, y.Diminutive)
            ? Likeness.Initial
            : Likeness.Different;
    }

    // What has to be counted letter by letter is first known by the letters they have: each error changes two of them at
    // most, and of what is alike at .94 three letters in ten at most are found in one alone.
    private static bool AreNear(PersonNameComparison names, in PersonNameFacts x, in PersonNameFacts y, int a, int b)
    {
        var (shorter, longer) = (Math.Min(x.Length, y.Length), Math.Max(x.Length, y.Length));
        var others = BitOperations.PopCount(x.Letters ^ y.Letters);
        return (shorter >= 4 && longer - shorter <= 1 && others <= 2 && Levenshtein.OneErrorApart(names.Bytes(a), names.Bytes(b)))
            || (shorter >= 6 && (others * 10 <= longer * 3 || longer > JaroWinkler.Longest)
                && JaroWinkler.Similarity(names.Bytes(a), names.Bytes(b)) >= .94);
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
