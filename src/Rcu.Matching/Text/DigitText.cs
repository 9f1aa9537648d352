namespace Rcu.Matching.Text;

/// <summary>The digits inside a name: "Lot 1" and "Lot 2" are one character apart and two buildings.</summary>
internal static class DigitText
{
    public static bool SameDigits(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        int i = 0, j = 0;
        while (true)
        {
            while (i < left.Length && !IsDigit(left[i]))
            {
                i++;
            }

            while (j < right.Length && !IsDigit(right[j]))
            {
                j++;
            }

            if (i == left.Length || j == right.Length)
            {
                return i == left.Length && j == right.Length;
            }

            if (left[i++] != right[j++])
            {
                return false;
            }
        }
    }

    public static bool HasDigit(ReadOnlySpan<byte> text) => text.IndexOfAnyInRange((byte)'0', (byte)'9') >= 0;

    /// <summary>Whether a word is a number, Roman ones included, or a single letter.</summary>
    public static bool IsNumeral(ReadOnlySpan<byte> word) =>
        (word.Length <= 3 && (word.Length == 1 || word.IndexOfAnyExcept("iv"u8) < 0 || word.SequenceEqual("ix"u8)))
        || word.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;

    private static bool IsDigit(byte c) => c is >= (byte)'0' and <= (byte)'9';
}
