using Rcu.Matching.Text;

namespace Rcu.Matching.Normalisation;

/// <summary>A person's given and family names, whichever way round and however complete they were written.</summary>
internal static class PersonNames
{
    private static readonly HashSet<string> Civilities = new(StringComparer.Ordinal)
    {
        "m", "mr", "monsieur", "mme", "madame", "mlle", "mademoiselle", "dr", "docteur", "pr", "professeur",
        "me", "maitre", "mm", "mmes", "mrs", "ms", "miss", "sir",
    };

    /// <summary>A given or a family name in a field of its own.</summary>
    public static string? Part(string text) => Joined(Words(text));

    /// <summary>Both, told apart in one value.</summary>
    public static (string? Given, string? Family) Whole(string full)
    {
        if (string.IsNullOrWhiteSpace(full))
        {
            return (null, null);
        }

        var written = full.Split([' ', '\t', ',', ';', '\u00a0'], StringSplitOptions.RemoveEmptyEntries).ToList();
        var titled = false;
        while (written.Count > 1 && Civilities.Contains(AsciiText.LettersAndDigits(written[0]))
            && !(written[0].Length == 2 && written[0][1] == '.' && written[0][0] != 'M' && written[0][0] != 'm'))
        {
            written.RemoveAt(0);
            titled = true;
        }

        // "Dupont J.": a letter is the given name wherever it stands.
        if (written.Count == 2 && AsciiText.LettersAndDigits(written[1]).Length == 1)
        {
            return (Joined(Words(written[1])), Joined(Words(written[0])));
        }

        // "DUPONT Jean": what is all upper case beside a word that is not is the family name.
        var upper = written.Where(IsUpper).ToList();
        if (upper.Count > 0 && upper.Count < written.Count)
        {
            return (Joined(Words(string.Join(' ', written.Except(upper)))), Joined(Words(string.Join(' ', upper))));
        }

        if (written.Count == 1)
        {
            return titled || !full.Contains(' ', StringComparison.Ordinal)
                ? (null, Joined(Words(written[0])))
                : (Joined(Words(written[0])), null);
        }

        return (Joined(Words(written[0])), Joined(Words(string.Join(' ', written.Skip(1)))));
    }

    private static bool IsUpper(string word)
    {
        var letters = 0;
        foreach (var c in word)
        {
            if (char.IsLower(c))
            {
                return false;
            }

            letters += char.IsLetter(c) ? 1 : 0;
        }

        return letters > 1;
    }

    private static List<string> Words(string text)
    {
        var words = AsciiText.Words(text);
        if (words.Count > 1)
        {
            words.RemoveAll(word => word is not "m" && Civilities.Contains(word));
        }

        return words;
    }

    private static string? Joined(List<string> words) => words.Count == 0 ? null : string.Join(' ', words);
}
