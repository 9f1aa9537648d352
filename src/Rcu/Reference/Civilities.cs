using System.Collections.Frozen;
using Rcu.Identifiers;

namespace Rcu.Reference;

/// <summary>The titles put before a person's name, and whether they say man or woman.</summary>
public static class Civilities
{
    private static readonly FrozenDictionary<string, string> Genders = ReferenceTable.Read("civilites")
        .Select(row => (Title: row("civilite").Folded(), Gender: row("genre")))
        .DistinctBy(entry => entry.Title)
        .ToFrozenDictionary(entry => entry.Title, entry => entry.Gender);

    public static bool Contains(string title) => Genders.ContainsKey(title.Folded());

    /// <summary><c>M</c> or <c>MME</c>; null when the title (<c>Dr</c>, <c>Me</c>) does not say.</summary>
    public static string? Of(string title) => Genders.GetValueOrDefault(title.Folded()) switch
    {
        "M" => "M",
        "F" => "MME",
        _ => null,
    };
}
