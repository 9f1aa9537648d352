using System.Globalization;
using System.Text;

namespace Rcu.Customers;

/// <summary>Folds text for search: accents, case, ligatures and punctuation gone, words apart by one space.</summary>
public static class SearchText
{
    // As much as one entry of an index of PostgreSQL holds (2,704 bytes), with the id beside it.
    private const int MostBytes = 2400;

    /// <summary>Folded texts one after the other, as many as an index keeps.</summary>
    public static string Join(string separator, IEnumerable<string> folded)
    {
        var line = new StringBuilder();
        var bytes = 0;
        foreach (var text in folded)
        {
            bytes += Encoding.UTF8.GetByteCount(text) + separator.Length;
            if (bytes > MostBytes)
            {
                break;
            }

            line.Append(line.Length > 0 ? separator : "").Append(text);
        }

        return line.ToString();
    }

    /// <summary>« L'Œuvre Générale S.A. » becomes <c>l oeuvre generale s a</c>.</summary>
    public static string Fold(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark)
            {
                continue;
            }

            switch (char.ToLowerInvariant(c))
            {
                case 'œ': folded.Append("oe"); break;
                case 'æ': folded.Append("ae"); break;
                case 'ß': folded.Append("ss"); break;
                case var letter when char.IsLetterOrDigit(letter): folded.Append(letter); break;
                default:
                    if (folded.Length > 0 && folded[^1] != ' ')
                    {
                        folded.Append(' ');
                    }

                    break;
            }
        }

        return folded.ToString().TrimEnd();
    }
}
