using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Rcu.Identifiers;

namespace Rcu.Reference;

/// <summary>Reads a job title as French cards print it, and says in which department it works and how high.</summary>
public static class JobTitles
{
    private const int MostRemembered = 20_000;

    private static readonly (Regex Title, JobPlace Place)[] Rules = [.. ReferenceTable.Read("fonctions_regles")
        .Select(row => (
            new Regex(row("regex_majuscules_sans_accents"), RegexOptions.CultureInvariant | RegexOptions.Compiled),
            new JobPlace(row("departement"), row("niveau"))))];

    private static readonly Dictionary<string, string> Acronyms =
        ReferenceTable.Read("fonctions_sigles").ToDictionary(row => row("sigle"), row => row("developpe"));

    // A few hundred titles make up nearly all of a base: each is read once.
    private static readonly ConcurrentDictionary<string, JobPlace?> Known = [];

    /// <summary>The first rule that fits the title, or the title its acronym stands for; null when none does.</summary>
    public static JobPlace? Place(string title)
    {
        var folded = title.FoldedKeeping(c => c is '&' or '.' or '-');
        if (Known.TryGetValue(folded, out var known))
        {
            return known;
        }

        var place = FirstFit(folded.Replace('-', ' '))
            ?? FirstFit(folded)
            ?? (Acronyms.TryGetValue(folded, out var spelt) ? FirstFit(spelt.Folded()) : null);
        if (Known.Count < MostRemembered)
        {
            Known.TryAdd(folded, place);
        }

        return place;
    }

    private static JobPlace? FirstFit(string folded) => Array.Find(Rules, rule => rule.Title.IsMatch(folded)).Place;
}

/// <summary>Where a job sits: department (<c>FINANCE</c>, <c>ACHATS</c>…) and level (<c>C_LEVEL</c>, <c>MANAGER</c>, <c>STAFF</c>).</summary>
public sealed record JobPlace(string Department, string Level);
