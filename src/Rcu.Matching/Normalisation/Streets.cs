using System.Text;
using Rcu.Matching.Text;

namespace Rcu.Matching.Normalisation;

/// <summary>Street, postal code and town as they can be compared: CEDEX, arrondissements and street types aside.</summary>
internal static class Streets
{
    private const int MostNumberDigits = 6;
    private const int LongestStop = 3;
    private static readonly string[] Stops = ["de", "du", "des", "la", "le", "les", "d", "l", "et", "a", "the", "of"];

    /// <summary>Writes the words of the street, canonical, in order; tells its number (0 is none) and the length written.</summary>
    public static (int Number, int Length) Street(ReadOnlySpan<byte> text, Span<byte> street)
    {
        Span<byte> folded = stackalloc byte[Folding.Longest];
        var words = new Words(folded[..Folding.Fold(text, folded)]);
        var (number, length, expectsSuffix, skips) = (0, 0, false, false);
        while (words.Next(out var word))
        {
            if (skips)
            {
                skips = false;
                continue;
            }

            if (word.SequenceEqual("bp"u8) || word.SequenceEqual("cs"u8) || word.SequenceEqual("tsa"u8))
            {
                skips = true;
                continue;
            }

            if (number == 0 && length == 0 && Folding.IsDigit(word[0]))
            {
                number = Number(word);
                expectsSuffix = true;
                continue;
            }

            if (expectsSuffix && IsSuffix(word))
            {
                expectsSuffix = false;
                continue;
            }

            expectsSuffix = false;
            if (!IsStop(word))
            {
                length += Append(street, length, StreetWord(word));
            }
        }

        return (number, length);
    }

    /// <summary>The digits a word begins or holds, as a number; 0 for none or too many.</summary>
    public static int Number(ReadOnlySpan<byte> word)
    {
        var (number, digits) = (0, 0);
        foreach (var c in word)
        {
            if (Folding.IsDigit(c) && (number > 0 || c != '0'))
            {
                number = (number * 10) + c - '0';
                digits++;
                if (digits > MostNumberDigits)
                {
                    return 0;
                }
            }
        }

        return number;
    }

    public static int PostalCode(ReadOnlySpan<byte> text, Span<byte> code)
    {
        var read = code[..Folding.Fold(text, code)];
        var length = Folding.Squeeze(read);
        return length < 3 ? 0 : length;
    }

    public static int Town(ReadOnlySpan<byte> text, Span<byte> town)
    {
        Span<byte> folded = stackalloc byte[Folding.Longest];
        var words = new Words(folded[..Folding.Fold(text, folded)]);
        var length = 0;
        while (words.Next(out var word) && !word.SequenceEqual("cedex"u8))
        {
            if (!Folding.IsDigit(word[0]) && !word.SequenceEqual("arrondissement"u8) && !IsStop(word))
            {
                length += Append(town, length, IsSaint(word) ? "st"u8 : word.SequenceEqual("sur"u8) ? "s"u8 : word);
            }
        }

        return length;
    }

    /// <summary>A French postal code's département; elsewhere, the beginning of the code.</summary>
    public static ReadOnlySpan<byte> Department(ReadOnlySpan<byte> postalCode) =>
        postalCode.Length == 0 ? postalCode : postalCode.Length >= 5 || !Folding.IsDigit(postalCode[0]) ? postalCode[..2] : postalCode[..1];

    private static bool IsSaint(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("saint"u8) || word.SequenceEqual("sainte"u8) || word.SequenceEqual("ste"u8);

    private static bool IsSuffix(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("bis"u8) || word.SequenceEqual("ter"u8) || word.SequenceEqual("b"u8) || word.SequenceEqual("t"u8);

    private static bool IsStop(ReadOnlySpan<byte> word)
    {
        if (word.Length > LongestStop)
        {
            return false;
        }

        foreach (var stop in Stops)
        {
            if (Ascii.Equals(word, stop))
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<byte> StreetWord(ReadOnlySpan<byte> word) =>
        Abbreviations.OfStreet(word) is { } canonical ? canonical : word;

    private static int Append(Span<byte> to, int length, ReadOnlySpan<byte> word)
    {
        var space = length > 0 ? 1 : 0;
        if (length + space + word.Length > to.Length)
        {
            return 0;
        }

        if (space > 0)
        {
            to[length] = (byte)' ';
        }

        word.CopyTo(to[(length + space)..]);
        return space + word.Length;
    }
}
