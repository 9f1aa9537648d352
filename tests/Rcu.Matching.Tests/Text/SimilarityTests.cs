using System.Text;
using Rcu.Matching.Tests.Normalisation;
using Rcu.Matching.Text;

namespace Rcu.Matching.Tests.Text;

public class SimilarityTests
{
    [Fact]
    public void Jaro_Winkler_agrees_with_its_definition()
    {
        foreach (var (left, right) in RandomPairs())
        {
            var expected = StraightJaroWinkler(left, right);

            var actual = JaroWinkler.Similarity(Encoding.ASCII.GetBytes(left), Encoding.ASCII.GetBytes(right));

            Assert.True(Math.Abs(expected - actual) < 1e-12, $"{left} / {right}: {expected} but {actual}");
        }
    }

    [Fact]
    public void Levenshtein_agrees_with_the_table_of_prefixes()
    {
        foreach (var (left, right) in RandomPairs())
        {
            Assert.Equal(
                StraightDistance(left, right, swaps: false),
                Levenshtein.Distance(Encoding.ASCII.GetBytes(left), Encoding.ASCII.GetBytes(right)));
        }
    }

    [Fact]
    public void One_error_is_a_distance_of_one_swaps_counted_as_one()
    {
        foreach (var (left, right) in RandomPairs())
        {
            Assert.Equal(
                StraightDistance(left, right, swaps: true) == 1,
                Levenshtein.OneErrorApart(Encoding.ASCII.GetBytes(left), Encoding.ASCII.GetBytes(right)));
        }
    }

    [Theory]
    [InlineData("martha", "marhta", .961)]
    [InlineData("dixon", "dicksonx", .813)]
    [InlineData("", "", 1)]
    [InlineData("a", "", 0)]
    public void Jaro_Winkler_gives_the_published_values(string left, string right, double expected)
    {
        var actual = JaroWinkler.Similarity(Encoding.ASCII.GetBytes(left), Encoding.ASCII.GetBytes(right));

        Assert.Equal(expected, actual, 3);
    }

    [Theory]
    [InlineData("Éléonore Œuvrard", "eleonore oeuvrard")]
    [InlineData("L’Haÿ-les-Roses", "l'hay-les-roses")]
    [InlineData("STRASSE ß", "strasse ss")]
    public void Folding_leaves_plain_ascii(string text, string expected) => Assert.Equal(expected, Normalised.Folded(text));

    private static IEnumerable<(string, string)> RandomPairs()
    {
        var random = new Random(20);
        for (var i = 0; i < 3000; i++)
        {
            var left = Word(random, random.Next(0, 64), i % 3 == 0 ? 2 : 6);
            var right = i % 2 == 0 ? Word(random, random.Next(0, 64), 4) : Mistyped(random, left);
            yield return (left, right);
        }
    }

    private static string Word(Random random, int length, int letters) =>
        string.Concat(Enumerable.Range(0, length).Select(_ => (char)('a' + random.Next(letters))));

    private static string Mistyped(Random random, string word)
    {
        if (word.Length < 2)
        {
            return word + "a";
        }

        var at = random.Next(word.Length - 1);
        return random.Next(3) switch
        {
            0 => word.Remove(at, 1),
            1 => word[..at] + word[at + 1] + word[at] + word[(at + 2)..],
            _ => word[..at] + (char)('a' + random.Next(4)) + word[(at + 1)..],
        };
    }

    private static int StraightDistance(string left, string right, bool swaps)
    {
        var table = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                table[i, j] = i == 0 ? j : j == 0 ? i : Math.Min(
                    Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
                if (swaps && i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
                }
            }
        }

        return table[left.Length, right.Length];
    }

    private static double StraightJaroWinkler(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0)
        {
            return a.Length == b.Length ? 1 : 0;
        }

        var (left, right) = a.Length <= b.Length ? (a, b) : (b, a);
        var reach = Math.Max(0, (right.Length / 2) - 1);
        var usedLeft = new bool[left.Length];
        var usedRight = new bool[right.Length];
        for (var i = 0; i < left.Length; i++)
        {
            for (var j = Math.Max(0, i - reach); j < Math.Min(right.Length, i + reach + 1); j++)
            {
                if (!usedRight[j] && left[i] == right[j])
                {
                    usedLeft[i] = usedRight[j] = true;
                    break;
                }
            }
        }

        var matchedLeft = left.Where((_, i) => usedLeft[i]).ToArray();
        var matchedRight = right.Where((_, i) => usedRight[i]).ToArray();
        if (matchedLeft.Length == 0)
        {
            return 0;
        }

        double m = matchedLeft.Length;
        var moved = matchedLeft.Where((c, i) => c != matchedRight[i]).Count() / 2;
        var jaro = ((m / left.Length) + (m / right.Length) + ((m - moved) / m)) / 3;
        var prefix = left.Zip(right).Take(4).TakeWhile(pair => pair.First == pair.Second).Count();
        return jaro + (prefix * .1 * (1 - jaro));
    }
}
