namespace Rcu.Reference;

/// <summary>The INSEE size classes of companies: PME, ETI, GE.</summary>
public static class CompanySizes
{
    public static readonly IReadOnlyDictionary<string, string> All =
        ReferenceTable.Read("categories_entreprise").ToDictionary(row => row("code"), row => row("libelle"));
}
