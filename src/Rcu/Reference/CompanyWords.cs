using System.Collections.Frozen;

namespace Rcu.Reference;

/// <summary>Words of company names: abbreviations and what they stand for (several readings are possible), and known acronyms.</summary>
public static class CompanyWords
{
    private static readonly (string Short, string Long)[] Rows =
        [.. ReferenceTable.Read("abreviations_raison_sociale").Select(row => (row("abreviation"), row("developpe")))];

    private static readonly FrozenDictionary<string, string[]> Readings =
        Rows.GroupBy(row => row.Short).ToFrozenDictionary(group => group.Key, group => group.Select(row => row.Long).ToArray());

    private static readonly FrozenSet<string> Acronyms =
        Rows.Where(row => row.Long.Contains(' ', StringComparison.Ordinal) && !row.Short.Contains(' ', StringComparison.Ordinal))
            .Select(row => row.Short)
            .Concat(LegalForms.All.Where(form => form.Code != "FONDATION" && form.Code != "MUTUELLE" && form.Code != "COMMUNE").Select(form => form.Code))
            .ToFrozenSet();

    /// <summary>What an abbreviation may stand for: <c>STE</c> is SOCIETE or SAINTE.</summary>
    public static IReadOnlyList<string> ReadingsOf(string word) => Readings.GetValueOrDefault(word) ?? [];

    public static bool IsAcronym(string word) => Acronyms.Contains(word);
}
