using System.Collections.Frozen;

namespace Rcu.Identifiers;

/// <summary>The French numbering plan: what each prefix reaches, and the country code of each overseas territory.</summary>
internal static class PhonePlan
{
    private static readonly string[] FrenchCodes = ["33", "262", "590", "594", "596", "508"];

    private static readonly FrozenDictionary<string, Range> Ranges = Rows()
        .Select(row => new Range(row.Prefix, Kind(row.Type, row.Prefix), Code(row.IsOverseas, row.Prefix)))
        .ToFrozenDictionary(range => range.Prefix);

    /// <summary>The longest prefix wins: 0639 is Mayotte, 063998 the block kept for fiction in mainland France.</summary>
    public static Range? Of(string national)
    {
        for (var length = 6; length >= 2; length--)
        {
            if (Ranges.TryGetValue(national[..length], out var range))
            {
                return range;
            }
        }

        return null;
    }

    public static string? CountryCode(string digits) =>
        Array.Find(FrenchCodes, code => digits.StartsWith(code, StringComparison.Ordinal));

    /// <summary>Digits that begin with a French country code and have the length such a number has.</summary>
    public static bool IsFrench(string digits) =>
        CountryCode(digits) is { } code && digits.Length - code.Length is 9 or 10 && digits[code.Length..].TrimStart('0').Length == 9;

    // Identifiers stand below the reference lists: this one is read here, by its name alone.
    private static IEnumerable<(string Prefix, string Type, bool IsOverseas)> Rows()
    {
        var assembly = typeof(PhonePlan).Assembly;
        var name = assembly.GetManifestResourceNames().Single(n => n.EndsWith(".telephone_prefixes.csv", StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            yield return (cells[0], cells[1], line.Contains(",dom,", StringComparison.Ordinal));
        }
    }

    private static string Code(bool isOverseas, string prefix) => isOverseas ? prefix switch
    {
        ['0', '5', ..] => prefix[1..4],
        ['0', '6', '9', '0' or '1'] => "590",
        ['0', '6', '9', '4'] => "594",
        ['0', '6', '9', '6' or '7'] => "596",
        "0976" => "33",
        _ => "262",
    } : "33";

    private static PhoneKind Kind(string type, string prefix) => type switch
    {
        "mobile" => PhoneKind.Mobile,
        "special" => PhoneKind.Special,
        "fictif" when prefix.StartsWith("06", StringComparison.Ordinal) => PhoneKind.Mobile,
        _ => PhoneKind.Landline,
    };

    public sealed record Range(string Prefix, PhoneKind Kind, string CountryCode);
}
