using System.Collections.Frozen;

namespace Rcu.Reference;

/// <summary>The INSEE legal categories, those of today and the two retired ones that older files still hold.</summary>
public static class LegalCategories
{
    private static readonly FrozenDictionary<string, LegalCategory> ByCode = ReferenceTable.Read("categories_juridiques")
        .Select(row => new LegalCategory(row("code"), row("libelle"), null))
        .Concat(ReferenceTable.Read("categories_juridiques_anciennes")
            .Select(row => new LegalCategory(row("code"), row("libelle"), row("remplacee_par"))))
        .ToFrozenDictionary(category => category.Code);

    public static LegalCategory? Find(string? code) => code is null ? null : ByCode.GetValueOrDefault(code);
}

/// <summary>One legal category; a retired one names the category that replaced it.</summary>
public sealed record LegalCategory(string Code, string Label, string? ReplacedBy);
