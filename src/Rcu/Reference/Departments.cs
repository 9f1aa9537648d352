using System.Collections.Frozen;

namespace Rcu.Reference;

/// <summary>French departments and the regions they make up.</summary>
public static class Departments
{
    private static readonly FrozenDictionary<string, string> Regions =
        ReferenceTable.Read("regions").Select(row => (Code: row("code"), Name: row("nom"))).ToFrozenDictionary(r => r.Code, r => r.Name);

    private static readonly FrozenDictionary<string, Department> ByCode = ReferenceTable.Read("departements")
        .Select(row => new Department(row("code"), row("nom"), row("region"), Regions.GetValueOrDefault(row("region"))))
        .ToFrozenDictionary(department => department.Code);

    public static IReadOnlyCollection<Department> All => ByCode.Values;

    public static Department? Find(string? code) => code is null ? null : ByCode.GetValueOrDefault(code);

    /// <summary>The department a postal code lies in: three digits overseas, and two departments in Corsica.</summary>
    public static Department? OfPostalCode(string postalCode) => postalCode switch
    {
        { Length: not 5 } => null,
        ['2', '0', '0' or '1', ..] => Find("2A"),
        ['2', '0', ..] => Find("2B"),
        ['9', '7' or '8', ..] => Find(postalCode[..3]),
        _ => Find(postalCode[..2]),
    };
}

/// <summary>One department, with the region it lies in.</summary>
public sealed record Department(string Code, string Name, string RegionCode, string? RegionName);
