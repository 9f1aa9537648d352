using System.Globalization;
using System.Text;

namespace Rcu.Customers;

/// <summary>Folds text for search: accents, case, ligatures and punctuation gone, words apart by one space.</summary>
public static class SearchText
{
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
