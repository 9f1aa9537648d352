using System.Collections.Frozen;
using Rcu.Identifiers;
using Rcu.Reference;

namespace Rcu.Cleaning.Formats;

/// <summary>A company name made pleasant to read when its source writes in capitals; acronyms stay acronyms.</summary>
internal static class CompanyName
{
    private static readonly FrozenSet<string> SmallWords =
        new[] { "DE", "DU", "DES", "LA", "LE", "LES", "ET", "EN", "SUR", "SOUS", "AUX", "AU", "A", "D", "L", "PAR", "POUR", "CHEZ" }.ToFrozenSet();

    public static string Cased(string name)
    {
        if (!name.IsShouted())
        {
            return name;
        }

        var words = name.Split(' ');
        return string.Join(' ', words.Select((word, place) => Cased(word, place, words.Length)));
    }

    private static string Cased(string word, int place, int words)
    {
        if (place > 0 && SmallWords.Contains(word.Folded()))
        {
            return word.ToLowerInvariant();
        }

        return IsAcronym(word) || (words == 1 && word.Length <= 4) ? word : string.Concat(Parts(word).Select(part => place > 0 && part is ['D' or 'L', '\'' or '’'] ? part.ToLowerInvariant() : Capitalised(part)));
    }

    // Known, dotted, holding a digit, or short and without a vowel.
    private static bool IsAcronym(string word)
    {
        var letters = word.Folded();
        return CompanyWords.IsAcronym(letters)
            || word.Any(char.IsDigit)
            || word.Contains('.', StringComparison.Ordinal)
            || (letters.Length is > 1 and <= 5 && letters.All(char.IsLetter) && !letters.Any(c => "AEIOUY".Contains(c, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Parts(string word)
    {
        var start = 0;
        for (var i = 0; i < word.Length; i++)
        {
            if (word[i] is '-' or '\'' or '’' or '/' or '(' or '&')
            {
                yield return word[start..(i + 1)];
                start = i + 1;
            }
        }

        yield return word[start..];
    }

    private static string Capitalised(string part) =>
        part.Length < 2 ? part : $"{part[..1]}{part[1..].ToLowerInvariant()}";
}
