using System.Globalization;
using System.Text;

namespace Rcu.Matching.Text;

/// <summary>UTF-8 text brought to what can be compared: ASCII, lower case, no accent. Never longer than what it was.</summary>
internal static class Folding
{
    /// <summary>How much of a value is read: no name, address or identifier is longer.</summary>
    public const int Longest = 512;

    private const int Latin = 0x250;
    private const int VietnameseFrom = 0x1E00;
    private const int VietnameseTo = 0x1F00;
    private const byte Dropped = 0;
    private static readonly byte[] Ascii = [.. Enumerable.Range(0, 128).Select(c => (byte)char.ToLowerInvariant((char)c))];
    private static readonly (byte First, byte Second)[] Low = [.. Enumerable.Range(0, Latin).Select(Letters)];
    private static readonly (byte First, byte Second)[] High =
        [.. Enumerable.Range(VietnameseFrom, VietnameseTo - VietnameseFrom).Select(Letters)];

    /// <summary>Writes the folded text and returns its length.</summary>
    public static int Fold(ReadOnlySpan<byte> text, Span<byte> folded)
    {
        text = text.Length > folded.Length ? text[..folded.Length] : text;
        System.Text.Ascii.ToLower(text, folded, out var plain);
        return plain == text.Length ? plain : FoldRunes(text, folded, plain);
    }

    public static bool IsWordByte(byte c) => c is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'0' and <= (byte)'9');

    public static bool IsDigit(byte c) => c is >= (byte)'0' and <= (byte)'9';

    /// <summary>Keeps the letters and digits of a folded text, in place, and returns how many.</summary>
    public static int Squeeze(Span<byte> folded)
    {
        var length = 0;
        foreach (var c in folded)
        {
            if (IsWordByte(c))
            {
                folded[length++] = c;
            }
        }

        return length;
    }

    /// <summary>Writes the digits of a text, and returns how many.</summary>
    public static int Digits(ReadOnlySpan<byte> text, Span<byte> digits)
    {
        var length = 0;
        foreach (var c in text)
        {
            if (IsDigit(c) && length < digits.Length)
            {
                digits[length++] = c;
            }
        }

        return length;
    }

    private static int FoldRunes(ReadOnlySpan<byte> text, Span<byte> folded, int from)
    {
        var length = from;
        for (var i = from; i < text.Length;)
        {
            if (text[i] < 128)
            {
                folded[length++] = Ascii[text[i++]];
                continue;
            }

            Rune.DecodeFromUtf8(text[i..], out var rune, out var used);
            i += used;
            var (first, second) = rune.Value < Latin ? Low[rune.Value]
                : rune.Value is >= VietnameseFrom and < VietnameseTo ? High[rune.Value - VietnameseFrom]
                : Letters(rune.Value);
            if (first != Dropped)
            {
                folded[length++] = first;
            }

            if (second != Dropped)
            {
                folded[length++] = second;
            }
        }

        return length;
    }

    private static (byte First, byte Second) Letters(int rune) => rune switch
    {
        0x152 or 0x153 => ((byte)'o', (byte)'e'),
        0xC6 or 0xE6 => ((byte)'a', (byte)'e'),
        0xDF => ((byte)'s', (byte)'s'),
        0xD8 or 0xF8 => ((byte)'o', Dropped),
        0x141 or 0x142 => ((byte)'l', Dropped),
        0x110 or 0x111 or 0xD0 or 0xF0 => ((byte)'d', Dropped),
        0x131 => ((byte)'i', Dropped),
        0xB4 or 0x2018 or 0x2019 or 0x2BC => ((byte)'\'', Dropped),
        _ => (Plain(rune), Dropped),
    };

    private static byte Plain(int rune)
    {
        if (!Rune.IsValid(rune))
        {
            return (byte)' ';
        }

        foreach (var c in new Rune(rune).ToString().Normalize(NormalizationForm.FormKD))
        {
            if (c < 128)
            {
                return Ascii[c];
            }

            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark)
            {
                return Dropped;
            }
        }

        return (byte)' ';
    }
}
