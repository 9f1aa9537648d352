using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using Rcu.Identifiers;

namespace Rcu.Reference;

/// <summary>
/// French towns: finds the INSEE code behind a postal code and a name typed in any way (accents, <c>ST</c>,
/// articles, <c>CEDEX</c>, arrondissements, former communes).
/// </summary>
public static partial class Communes
{
    private static readonly FrozenDictionary<string, Commune> ByCode = Load();

    private static readonly FrozenDictionary<string, Commune[]> ByPostalCode = ReferenceTable.Read("codes_postaux")
        .Select(row => (Postal: row("code_postal"), Insee: row("code_insee")))
        .Where(link => ByCode.TryGetValue(link.Insee, out var commune) && !commune.IsArrondissement)
        .GroupBy(link => link.Postal, link => ByCode[link.Insee])
        .ToFrozenDictionary(group => group.Key, group => group.Distinct().ToArray());

    private static readonly FrozenDictionary<string, string[]> PostalCodes = ByPostalCode
        .SelectMany(postal => postal.Value.Select(commune => (commune.Code, Postal: postal.Key)))
        .GroupBy(link => link.Code, link => link.Postal)
        .ToFrozenDictionary(group => group.Key, group => group.Order(StringComparer.Ordinal).ToArray());

    private static readonly FrozenDictionary<string, Commune> ByPostalCodeAndName = ReferenceTable.Read("acheminement_laposte")
        .SelectMany(row => new[] { row("nom"), row("libelle_acheminement") }
            .Select(name => (Key: $"{row("code_postal")} {NameKey(name)}", Commune: ByCode.GetValueOrDefault(row("code_insee")))))
        .Concat(ByPostalCode.SelectMany(postal => postal.Value.Select(c => (Key: $"{postal.Key} {NameKey(c.Name)}", Commune: (Commune?)c))))
        .Where(entry => entry.Commune is not null)
        .Select(entry => (entry.Key, Commune: entry.Commune!.IsArrondissement ? ByCode[entry.Commune.Parent!] : entry.Commune))
        .DistinctBy(entry => entry.Key)
        .ToFrozenDictionary(entry => entry.Key, entry => entry.Commune);

    private static readonly FrozenDictionary<string, Commune[]> ByName = ByCode.Values
        .Concat(FormerNames)
        .Where(commune => !commune.IsArrondissement)
        .GroupBy(commune => NameKey(commune.Name))
        .ToFrozenDictionary(group => group.Key, group => group.ToArray());

    // Names that are longer are asked each time: what is remembered stays small.
    private const int LongestName = 100;

    private static readonly Recalled<(string? PostalCode, string? Town), Commune?> Recent = new(asked => Meant(asked.PostalCode, asked.Town));

    public static IReadOnlyCollection<Commune> All => ByCode.Values;

    public static Commune? Find(string? inseeCode) => inseeCode is null ? null : ByCode.GetValueOrDefault(inseeCode);

    public static bool IsPostalCode(string postalCode) => ByPostalCode.ContainsKey(postalCode);

    /// <summary>The communes one postal code serves; none for a CEDEX code.</summary>
    public static IReadOnlyList<Commune> OfPostalCode(string postalCode) => ByPostalCode.GetValueOrDefault(postalCode) ?? [];

    /// <summary>The postal codes of one commune.</summary>
    public static IReadOnlyList<string> PostalCodesOf(string inseeCode) => PostalCodes.GetValueOrDefault(inseeCode) ?? [];

    /// <summary>The commune meant by what was typed; null when nothing says which.</summary>
    public static Commune? Resolve(string? postalCode, string? town) =>
        (postalCode?.Length ?? 0) + (town?.Length ?? 0) > LongestName ? Meant(postalCode, town) : Recent[(postalCode, town)];

    private static Commune? Meant(string? postalCode, string? town)
    {
        var (name, arrondissement) = Parts(town ?? "");
        var key = NameKey(name);
        var commune = key.Length == 0 ? OnlyOne(postalCode)
            : postalCode is null ? ByNameAlone(key)
            : ByPostalCodeAndName.GetValueOrDefault($"{postalCode} {key}") ?? InDepartment(postalCode, key);
        return commune is null ? null : WithArrondissement(commune, postalCode, arrondissement);
    }

    /// <summary>The name without what the post adds to it: <c>METZ CEDEX 03</c> is <c>METZ</c>.</summary>
    public static string WithoutCedex(string town) => Cedex().Replace(town, "").Trim();

    public static bool HasCedex(string town) => Cedex().IsMatch(town);

    private static Commune? OnlyOne(string? postalCode) =>
        postalCode is not null && OfPostalCode(postalCode) is [var only] ? only : null;

    // A name borne once in France, or by one town that dwarfs its namesakes.
    private static Commune? ByNameAlone(string key) => ByName.GetValueOrDefault(key) switch
    {
        null => null,
        [var only] => only,
        var namesakes when namesakes.OrderByDescending(c => c.Population).ToArray() is [var first, var second, ..]
            && first.Population > 10_000 && first.Population > 10 * second.Population => first,
        _ => null,
    };

    private static Commune? InDepartment(string postalCode, string key) =>
        Departments.OfPostalCode(postalCode) is { } department
        && ByName.GetValueOrDefault(key)?.Where(c => c.Department == department.Code).Select(c => c.Code).Distinct().ToArray() is [var only]
            ? ByCode[only]
            : null;

    private static Commune WithArrondissement(Commune city, string? postalCode, int? typed)
    {
        var prefix = city.Code switch { "75056" => "751", "69123" => "693", "13055" => "132", _ => null };
        var number = typed ?? (postalCode is not null && prefix is not null ? FromPostalCode(postalCode) : null);
        if (prefix is null || number is null)
        {
            return city;
        }

        var digits = prefix == "693" ? 80 + number.Value : number.Value;
        return ByCode.GetValueOrDefault(string.Create(CultureInfo.InvariantCulture, $"{prefix}{digits:00}")) ?? city;
    }

    private static int? FromPostalCode(string postalCode) =>
        int.TryParse(postalCode[^2..], CultureInfo.InvariantCulture, out var number) && number > 0 && !IsCedexCode(postalCode) ? number : null;

    private static bool IsCedexCode(string postalCode) => !ByPostalCode.ContainsKey(postalCode);

    private static (string Name, int? Arrondissement) Parts(string town)
    {
        var name = WithoutCedex(town);
        var numbered = Arrondissement().Match(name);
        return numbered.Success
            ? (numbered.Groups["name"].Value, int.Parse(numbered.Groups["number"].Value, CultureInfo.InvariantCulture))
            : (name, null);
    }

    private static string NameKey(string name) => string.Concat(
        name.Folded().Split(' ').Select(word => word switch
        {
            "ST" => "SAINT",
            "STE" => "SAINTE",
            "LE" or "LA" or "LES" or "L" => "",
            "S" => "SUR",
            _ => word,
        }));

    private static FrozenDictionary<string, Commune> Load() => Rows()
        .Where(commune => commune.Parent is null || commune.IsArrondissement)
        .ToFrozenDictionary(commune => commune.Code);

    // A merged commune is still what people write: it leads to the commune it now belongs to.
    private static IEnumerable<Commune> FormerNames => Rows()
        .Where(commune => commune.Parent is not null && !commune.IsArrondissement)
        .Select(former => ByCode[former.Parent!] with { Name = former.Name, Population = 0 });

    private static IEnumerable<Commune> Rows() => ReferenceTable.Read("communes").Select(row => new Commune(
        row("code_insee"),
        row("nom"),
        row("departement"),
        int.TryParse(row("population"), CultureInfo.InvariantCulture, out var population) ? population : 0,
        row("commune_parente") is { Length: > 0 } parent ? parent : null,
        row("type") == "arrondissement-municipal"));

    [GeneratedRegex(@"\s*\bCEDEX\b.*$", RegexOptions.IgnoreCase)]
    private static partial Regex Cedex();

    [GeneratedRegex(@"^(?<name>(PARIS|LYON|MARSEILLE))[\s-]*(?<number>\d{1,2})\s*(E|È|ER|EME|ÈME)?(\s+ARR.*)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Arrondissement();
}

/// <summary>One commune by its INSEE code; an arrondissement of Paris, Lyon or Marseille names the city it is part of.</summary>
public sealed record Commune(string Code, string Name, string Department, int Population, string? Parent, bool IsArrondissement);
