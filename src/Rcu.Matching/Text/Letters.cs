using System.Numerics;

namespace Rcu.Matching.Text;

/// <summary>
/// Which letters a folded text has, one bit each: an error changes two of them at most, so that two texts that differ in
/// more bits than that need not be compared letter by letter.
/// </summary>
internal static class Letters
{
    public static uint Of(ReadOnlySpan<byte> text)
    {
        uint letters = 0;
        foreach (var c in text)
        {
            letters |= 1u << (c & 31);
        }

        return letters;
    }

    /// <summary>Whether so many errors could make one text of the other.</summary>
    public static bool Within(uint left, uint right, int errors) => BitOperations.PopCount(left ^ right) <= 2 * errors;
}
