using Rcu.Matching.Text;

namespace Rcu.Matching.Normalisation;

/// <summary>Street, postal code and town as they can be compared: CEDEX, arrondissements and street types aside.</summary>
internal static class Streets
{
    private static readonly HashSet<string> Stops = new(StringComparer.Ordinal)
    {
        "de", "du", "des", "la", "le", "les", "d", "l", "et", "a", "the", "of",
    };

    /// <summary>The number (its leading digits) and the words of the street, canonical, in order.</summary>
    public static (string? Number, string? Name) Street(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return (null, null);
        }

        var words = Folding.Words(Folding.Fold(text));
        string? number = null;
        var name = new List<string>(words.Count);
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (word is "bp" or "cs" or "tsa" && i + 1 < words.Count)
            {
                i++;
            }
            else if (number is null && name.Count == 0 && char.IsAsciiDigit(word[0]))
            {
                var digits = Folding.Digits(word).TrimStart('0');
                number = digits.Length is > 0 and <= 6 ? digits : null;
                i += i + 1 < words.Count && words[i + 1] is "bis" or "ter" or "b" or "t" ? 1 : 0;
            }
            else if (!Stops.Contains(word))
            {
                name.Add(Abbreviations.OfStreet(word));
            }
        }

        return (number, name.Count == 0 ? null : string.Join(' ', name));
    }

    public static string? PostalCode(string? text)
    {
        var code = text is null ? "" : Folding.LettersAndDigits(text);
        return code.Length == 4 && code.All(char.IsAsciiDigit) ? code : code.Length < 3 ? null : code;
    }

    public static string? Town(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var words = Folding.Words(Folding.Fold(text));
        var kept = new List<string>(words.Count);
        foreach (var word in words)
        {
            if (word == "cedex")
            {
                break;
            }

            if (!char.IsAsciiDigit(word[0]) && word != "arrondissement" && !Stops.Contains(word))
            {
                kept.Add(word is "saint" or "sainte" or "ste" ? "st" : word is "sur" or "s" ? "s" : word);
            }
        }

        return kept.Count == 0 ? null : string.Join(' ', kept);
    }

    /// <summary>A French postal code's département; elsewhere, the beginning of the code.</summary>
    public static string? Department(string? postalCode) =>
        postalCode is null ? null : postalCode.Length >= 5 || char.IsAsciiLetter(postalCode[0]) ? postalCode[..2] : postalCode[..1];
}
