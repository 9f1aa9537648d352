using System.Collections.Frozen;
using Rcu.Identifiers;

namespace Rcu.Reference;

/// <summary>What companies do: the French activity list in force (NAF rév. 2) and the one that follows it in 2027 (NAF 2025).</summary>
public static class Naf
{
    private static readonly FrozenDictionary<string, NafCode> Revision2 = Load("naf_rev2", row => row("libelle_section"));

    private static readonly FrozenDictionary<string, NafCode> Edition2025 = Load("naf_2025", _ => null);

    private static readonly FrozenDictionary<string, string> Suggested = ReferenceTable.Read("naf_rev2_vers_naf_2025_heuristique")
        .Select(row => (From: row("naf_rev2"), To: row("naf_2025"), Method: row("methode")))
        .Where(map => map.To.Length > 0 && map.Method is "libelle_identique" or "meme_classe_unique")
        .DistinctBy(map => map.From)
        .ToFrozenDictionary(map => map.From, map => map.To);

    /// <summary>The rév. 2 codes of which one NAF 2025 code bears the very label: the pair is beyond doubt.</summary>
    public static readonly IReadOnlyList<(string From, string To)> Certain =
    [
        .. ReferenceTable.Read("naf_rev2_vers_naf_2025_heuristique")
            .Where(row => row("methode") == "libelle_identique").Select(row => (row("naf_rev2"), row("naf_2025"))),
    ];

    private static readonly FrozenDictionary<string, string[]> Followers = ReferenceTable.Read("naf_rev2_vers_naf_2025_heuristique")
        .Select(row => (From: row("naf_rev2"), To: row("naf_2025")))
        .GroupBy(map => map.From)
        .ToFrozenDictionary(from => from.Key, from => from.SelectMany(map => map.To.Split([' ', ';', '|', '/'], StringSplitOptions.RemoveEmptyEntries)).Distinct().ToArray());

    private static readonly FrozenDictionary<string, string> Divisions = ReferenceTable.Read("naf_rev2")
        .Select(row => (Code: row("division"), Label: row("libelle_division"))).DistinctBy(one => one.Code).ToFrozenDictionary(one => one.Code, one => one.Label);

    public static IReadOnlyCollection<NafCode> All => Revision2.Values;

    /// <summary>A code written with or without its dot (<c>6201z</c>, <c>62.01Z</c>), in the list in force first; null when in neither.</summary>
    public static NafCode? Find(string? text) => Find(text, Revision2) ?? Find(text, Edition2025);

    /// <summary>What a division of the list in force is called: <c>62</c>, « Programmation, conseil et autres activités informatiques ».</summary>
    public static string? Division(string code) => Divisions.GetValueOrDefault(code);

    public static NafCode? FindRevision2(string? text) => Find(text, Revision2);

    public static NafCode? Find2025(string? text) => Find(text, Edition2025);

    /// <summary>The likely NAF 2025 code of a rév. 2 code: a suggestion that Sirene overrides, null when several fit.</summary>
    public static string? Suggest2025(string revision2) => Suggested.GetValueOrDefault(revision2);

    /// <summary>The NAF 2025 codes that may follow a rév. 2 code: one, several, or none that labels and classes tell.</summary>
    public static IReadOnlyList<string> After(string revision2) => Followers.GetValueOrDefault(revision2, []);

    private static NafCode? Find(string? text, FrozenDictionary<string, NafCode> list) =>
        text is null ? null : list.GetValueOrDefault(text.Compact().ToUpperInvariant());

    private static FrozenDictionary<string, NafCode> Load(string table, Func<Func<string, string>, string?> section) =>
        ReferenceTable.Read(table)
            .Select(row => (Key: row("code_sans_point"), Naf: new NafCode(row("code"), row("libelle"), row("division"), section(row))))
            .ToFrozenDictionary(entry => entry.Key, entry => entry.Naf);
}

/// <summary>One activity: its dotted code, its label, and the wider families it belongs to.</summary>
public sealed record NafCode(string Code, string Label, string Division, string? Section);
