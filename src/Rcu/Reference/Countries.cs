using System.Collections.Frozen;
using Rcu.Identifiers;

namespace Rcu.Reference;

/// <summary>Countries as sources write them (<c>FRANCE</c>, <c>Belgium</c>, <c>BE</c>) and their two-letter code.</summary>
public static class Countries
{
    private static readonly FrozenDictionary<string, string> ByLabel = ReferenceTable.Read("pays_voisins")
        .SelectMany(row => new (string Label, string Code)[] { (row("libelle_sirene").Folded(), row("iso2")), (row("iso2"), row("iso2")) })
        .Concat(ReferenceTable.Read("pays_synonymes")
            .SelectMany(row => new (string Label, string Code)[] { (row("libelle").Folded(), row("iso2")), (row("iso2"), row("iso2")) }))
        .DistinctBy(entry => entry.Label)
        .ToFrozenDictionary(entry => entry.Label, entry => entry.Code);

    private static readonly FrozenDictionary<string, string> Labels = ReferenceTable.Read("pays_voisins")
        .Select(row => (Label: row("libelle_sirene"), Code: row("iso2")))
        .Concat(ReferenceTable.Read("pays_synonymes").Select(row => (Label: row("libelle"), Code: row("iso2"))))
        .DistinctBy(entry => entry.Code)
        .ToFrozenDictionary(entry => entry.Code, entry => entry.Label);

    private static readonly FrozenDictionary<string, string> CallingCodes = ReferenceTable.Read("pays_voisins")
        .Select(row => (Code: row("iso2"), Calling: row("indicatif")))
        .ToFrozenDictionary(row => row.Code, row => row.Calling);

    /// <summary>The telephone code of a neighbour country or an overseas territory.</summary>
    public static string? CallingCode(string iso2) => CallingCodes.GetValueOrDefault(iso2);

    /// <summary>The French name of a country the hub knows.</summary>
    public static string? Label(string iso2) => Labels.GetValueOrDefault(iso2);

    public static string? Find(string? label) => label is null ? null : ByLabel.GetValueOrDefault(label.Folded());
}
