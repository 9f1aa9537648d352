using System.Globalization;
using System.Text;

namespace Rcu.Matching.Text;

/// <summary>Text brought to what can be compared: ASCII, lower case, no accent.</summary>
internal static class Folding
{
    public static string Fold(string text)
    {
        var plain = true;
        foreach (var c in text)
        {
            if (c >= 128)
            {
                plain = false;
                break;
            }
        }

        if (plain)
        {
            return text.ToLowerInvariant();
        }

        var builder = new StringBuilder(text.Length + 4);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            Append(builder, c);
        }

        return builder.ToString();
    }

    private static void Append(StringBuilder builder, char c)
    {
        if (c < 128)
        {
            builder.Append(char.ToLowerInvariant(c));
            return;
        }

        switch (c)
        {
            case 'œ' or 'Œ':
                builder.Append("oe");
                break;
            case 'æ' or 'Æ':
                builder.Append("ae");
                break;
            case 'ß':
                builder.Append("ss");
                break;
            case 'ø' or 'Ø':
                builder.Append('o');
                break;
            case 'ł' or 'Ł':
                builder.Append('l');
                break;
            case 'đ' or 'Đ':
                builder.Append('d');
                break;
            case '’' or '‘' or '´':
                builder.Append('\'');
                break;
            default:
                if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
                {
                    builder.Append(' ');
                }

                break;
        }
    }

    /// <summary>Words of letters and digits; every other character parts them.</summary>
    public static List<string> Words(string folded)
    {
        var words = new List<string>(6);
        var start = -1;
        for (var i = 0; i <= folded.Length; i++)
        {
            if (i < folded.Length && char.IsAsciiLetterOrDigit(folded[i]))
            {
                start = start < 0 ? i : start;
            }
            else if (start >= 0)
            {
                words.Add(folded[start..i]);
                start = -1;
            }
        }

        return words;
    }

    public static string Digits(string text)
    {
        var builder = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                builder.Append(c);
            }
        }

        return builder.ToString();
    }

    public static string LettersAndDigits(string text) => string.Concat(Words(Fold(text)));
}
