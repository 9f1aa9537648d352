using System.Collections.Frozen;
using Rcu.Identifiers;

namespace Rcu.Reference;

/// <summary>Words of French addresses: abbreviations (<c>BD</c>, <c>AV</c>) and the street types of the register.</summary>
public static class AddressWords
{
    private static readonly FrozenDictionary<string, string> Expanded = ReferenceTable.Read("abreviations_adresse")
        .Select(row => (Short: row("abreviation"), Long: row("developpe")))
        .GroupBy(row => row.Short)
        .Where(group => group.Count() == 1) // ZA has two readings: left as written
        .ToFrozenDictionary(group => group.Key, group => group.First().Long);

    private static readonly FrozenDictionary<string, string> StreetTypes = ReferenceTable.Read("types_voie_sirene")
        .Select(row => (Code: row("code"), Label: row("libelle")))
        .ToFrozenDictionary(row => row.Code, row => row.Label);

    private static readonly FrozenDictionary<string, string> Codes = StreetTypes
        .DistinctBy(type => type.Value.Folded())
        .ToFrozenDictionary(type => type.Value.Folded(), type => type.Key);

    /// <summary>The register's code of each street type, by its label in capitals: <c>BOULEVARD</c> is <c>BD</c>.</summary>
    public static FrozenDictionary<string, string> StreetTypeCodes => Codes;

    /// <summary>The word an abbreviation (in capitals, without accent) stands for; null when it is none or has two readings.</summary>
    public static string? Expand(string word) => Expanded.GetValueOrDefault(word);

    /// <summary>The label of a street type of the register: <c>RTE</c> is <c>Route</c>.</summary>
    public static string? StreetType(string code) => StreetTypes.GetValueOrDefault(code);
}
