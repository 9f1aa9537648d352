using System.Globalization;
using System.Text;

namespace Rcu.Identifiers;

/// <summary>How names, towns and job titles are compared: accents, case and punctuation left aside.</summary>
public static class FoldedText
{
    private const char FirstMark = '\u0300';

    // What each letter or digit of the Latin blocks becomes, by its code; null for the others.
    private static readonly string?[] LatinLetters =
        [.. Enumerable.Range(0, 0x250).Select(code => FoldAny(((char)code).ToString(), _ => false) is { Length: > 0 } letters ? letters : null)];

    extension(string text)
    {
        /// <summary>Upper case, no accent, letters and digits only, one space between words: <c>"L'Épée"</c> is <c>"L EPEE"</c>.</summary>
        public string Folded() => Fold(text, _ => false);

        /// <summary>As <c>Folded</c>, but with the signs that <paramref name="kept"/> accepts.</summary>
        public string FoldedKeeping(Func<char, bool> kept) => Fold(text, kept);

        /// <summary>The text as typed, without the spaces (of any kind) that say nothing.</summary>
        public string Tidied()
        {
            if (IsTidy(text))
            {
                return text;
            }

            var tidy = new StringBuilder(text.Length);
            foreach (var c in text.Normalize(NormalizationForm.FormC))
            {
                if (char.IsWhiteSpace(c) || c is '\u200b' or '\ufeff')
                {
                    if (tidy.Length > 0 && tidy[^1] != ' ')
                    {
                        tidy.Append(' ');
                    }
                }
                else if (!char.IsControl(c))
                {
                    tidy.Append(c);
                }
            }

            return tidy.ToString().TrimEnd();
        }

        /// <summary>Letters, none of them in lower case: the source writes in capitals.</summary>
        public bool IsShouted() => text.Any(char.IsLetter) && !text.Any(char.IsLower);
    }

    // No idle space and no sign that a composed form (NFC) would change: those begin at U+0300.
    private static bool IsTidy(string text)
    {
        var last = ' ';
        foreach (var c in text)
        {
            if (c >= FirstMark || char.IsControl(c) || (c == ' ' ? last == ' ' : char.IsWhiteSpace(c)))
            {
                return false;
            }

            last = c;
        }

        return last != ' ' || text.Length == 0;
    }

    private static string Fold(string text, Func<char, bool> kept)
    {
        const int Short = 200;
        if (text.Length > Short)
        {
            return FoldAny(text, kept);
        }

        Span<char> folded = stackalloc char[2 * Short];
        var length = 0;
        foreach (var c in text)
        {
            if (c >= LatinLetters.Length)
            {
                return FoldAny(text, kept);
            }

            if (LatinLetters[c] is { } letters)
            {
                letters.CopyTo(folded[length..]);
                length += letters.Length;
            }
            else if (kept(c))
            {
                folded[length++] = c;
            }
            else if (length > 0 && folded[length - 1] != ' ')
            {
                folded[length++] = ' ';
            }
        }

        return folded[..length].TrimEnd().ToString();
    }

    private static string FoldAny(string text, Func<char, bool> kept)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark)
            {
                continue;
            }

            if (char.IsLetterOrDigit(c) || kept(c))
            {
                _ = char.ToUpperInvariant(c) switch
                {
                    'Œ' => folded.Append("OE"),
                    'Æ' => folded.Append("AE"),
                    'ß' => folded.Append("SS"),
                    var upper => folded.Append(upper),
                };
            }
            else if (folded.Length > 0 && folded[^1] != ' ')
            {
                folded.Append(' ');
            }
        }

        return folded.ToString().TrimEnd();
    }
}
