using System.Collections.Frozen;
using Rcu.Identifiers;
using Rcu.Reference;

namespace Rcu.Cleaning.Formats;

/// <summary>A person's name read from one text, in whatever order it was written.</summary>
/// <param name="Doubtful">Both words could be either name: the usual order was taken.</param>
internal sealed record PersonName(string? Civility, string? Given, string? Family, bool Doubtful)
{
    private static readonly FrozenSet<string> Particles =
        new[] { "DE", "DU", "DES", "D", "LE", "LA", "LES", "L", "VAN", "VON", "DER", "DEN", "BEN", "BEL", "EL", "AL", "SAINT", "DI", "DA", "DOS", "MC", "MAC" }
            .ToFrozenSet();

    private static readonly FrozenSet<string> SmallParticles = new[] { "DE", "DU", "DES", "D", "VAN", "VON", "DER", "DEN" }.ToFrozenSet();

    public static PersonName Read(string text)
    {
        var commas = text.Split(',', 2, StringSplitOptions.TrimEntries);
        var words = text.Replace(',', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        string? civility = null;
        while (words.Count > 1 && Civilities.Contains(words[0]) && !IsInitialOfAName(words))
        {
            civility ??= Civilities.Of(words[0]);
            words.RemoveAt(0);
        }

        if (words.Count == 1)
        {
            return civility is null && GivenNames.Contains(words[0]) && !FamilyNames.Contains(words[0])
                ? new PersonName(null, Cased(words[0]), null, false)
                : new PersonName(civility, null, Cased(words[0]), false);
        }

        if (commas.Length == 2 && commas[1].Length > 0)
        {
            var family = commas[0].Split(' ').Where(word => !Civilities.Contains(word));
            return new PersonName(civility, Cased(commas[1]), Cased(string.Join(' ', family)), false);
        }

        var (givenWords, familyWords, doubtful) = Split(words);
        return new PersonName(civility, Cased(string.Join(' ', givenWords)), Cased(string.Join(' ', familyWords)), doubtful);
    }

    /// <summary>Capitals for a name that shouts or whispers; one typed with care is left alone.</summary>
    public static string Cased(string name)
    {
        if (name.Any(char.IsLower) && name.Any(char.IsUpper))
        {
            return name;
        }

        var words = name.Split(' ');
        return string.Join(' ', words.Select((word, i) =>
            words.Length > 1 && i < words.Length - 1 && SmallParticles.Contains(word.ToUpperInvariant()) ? word.ToLowerInvariant() : Capitalised(word)));
    }

    // "M. Dupont" is a civility, "M. Jean" too; only "Me" and "M" followed by another name are: an initial comes with both names.
    private static bool IsInitialOfAName(List<string> words) =>
        words[0] == "M." && words.Count == 2 && words[1].Length == 1;

    private static (IEnumerable<string> Given, IEnumerable<string> Family, bool Doubtful) Split(List<string> words)
    {
        var shouted = words.Select(word => word.IsShouted() && word.Count(char.IsLetter) > 1).ToArray();
        if (shouted.Contains(true) && shouted.Contains(false))
        {
            var calm = words.Where((_, i) => !shouted[i]).ToList();
            if (!calm.TrueForAll(word => Particles.Contains(word.Folded())))
            {
                // Particles belong to the family name even when only the rest of it shouts.
                var family = words.Where((word, i) => shouted[i] || Particles.Contains(word.Folded())).ToList();
                return (words.Except(family), family, false);
            }
        }

        if (IsInitial(words[0]))
        {
            return (words[..1], words[1..], false);
        }

        if (IsInitial(words[^1]))
        {
            return (words[^1..], words[..^1], false);
        }

        var (firstIsGiven, lastIsGiven) = (GivenNames.Contains(words[0]), GivenNames.Contains(words[^1]));
        if (!firstIsGiven && lastIsGiven)
        {
            return (words[^1..], words[..^1], false);
        }

        var given = words.Count > 2 && GivenNames.Contains(words[1]) && firstIsGiven ? 2 : 1;
        var doubtful = firstIsGiven && lastIsGiven && FamilyNames.Contains(words[0]);
        return (words[..given], words[given..], doubtful);
    }

    public static bool IsInitial(string word) => word.TrimEnd('.') is { Length: 1 } || (word.Length <= 5 && word.EndsWith('.') && word.Contains('-', StringComparison.Ordinal));

    private static string Capitalised(string word)
    {
        var cased = word.ToLowerInvariant().ToCharArray();
        for (var i = 0; i < cased.Length; i++)
        {
            if (i == 0 || cased[i - 1] is '-' or '\'' or '’')
            {
                cased[i] = char.ToUpperInvariant(cased[i]);
            }
        }

        return cased is ['D', '\'' or '’', _, ..] ? $"d{new string(cased, 1, cased.Length - 1)}" : new string(cased);
    }
}
