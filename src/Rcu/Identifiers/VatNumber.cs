using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Rcu.Identifiers;

/// <summary>A European VAT number. A French one is a two-digit key computed from the SIREN, then the SIREN itself.</summary>
public sealed partial record VatNumber : IParsable<VatNumber>
{
    // Other countries are accepted by form alone: their check digits are theirs to verify.
    private static readonly FrozenDictionary<string, string> Forms = new Dictionary<string, string>
    {
        ["AT"] = "^U[0-9]{8}$",
        ["BE"] = "^[01][0-9]{9}$",
        ["BG"] = "^[0-9]{9,10}$",
        ["CY"] = "^[0-9]{8}[A-Z]$",
        ["CZ"] = "^[0-9]{8,10}$",
        ["DE"] = "^[0-9]{9}$",
        ["DK"] = "^[0-9]{8}$",
        ["EE"] = "^[0-9]{9}$",
        ["EL"] = "^[0-9]{9}$",
        ["ES"] = "^[A-Z0-9][0-9]{7}[A-Z0-9]$",
        ["FI"] = "^[0-9]{8}$",
        ["GB"] = "^([0-9]{9}|[0-9]{12}|(GD|HA)[0-9]{3})$",
        ["HR"] = "^[0-9]{11}$",
        ["HU"] = "^[0-9]{8}$",
        ["IE"] = "^[0-9][A-Z0-9+*][0-9]{5}[A-Z]{1,2}$",
        ["IT"] = "^[0-9]{11}$",
        ["LT"] = "^([0-9]{9}|[0-9]{12})$",
        ["LU"] = "^[0-9]{8}$",
        ["LV"] = "^[0-9]{11}$",
        ["MT"] = "^[0-9]{8}$",
        ["NL"] = "^[0-9]{9}B[0-9]{2}$",
        ["PL"] = "^[0-9]{10}$",
        ["PT"] = "^[0-9]{9}$",
        ["RO"] = "^[0-9]{2,10}$",
        ["SE"] = "^[0-9]{12}$",
        ["SI"] = "^[0-9]{8}$",
        ["SK"] = "^[0-9]{10}$",
        ["XI"] = "^([0-9]{9}|[0-9]{12}|(GD|HA)[0-9]{3})$",
    }.ToFrozenDictionary();

    private VatNumber(string value, Siren? siren) => (Value, Siren) = (value, siren);

    public string Value { get; }

    /// <summary>The legal unit behind a French number; null for any other country.</summary>
    public Siren? Siren { get; }

    public string Country => Value[..2];

    public static VatNumber Of(Siren siren)
    {
        var key = (12 + 3 * (int.Parse(siren.Value, CultureInfo.InvariantCulture) % 97)) % 97;
        return new VatNumber($"FR{key:00}{siren.Value}", siren);
    }

    public static bool TryParse(
        [NotNullWhen(true)] string? text, IFormatProvider? provider, [MaybeNullWhen(false)] out VatNumber vat)
    {
        var compact = NotLetterOrDigit().Replace(text ?? "", "").ToUpperInvariant();
        vat = compact.Length < 4 ? null
            : compact.StartsWith("FR", StringComparison.Ordinal) ? French(compact)
            : Forms.TryGetValue(compact[..2], out var form) && Regex.IsMatch(compact[2..], form) ? new VatNumber(compact, null)
            : null;
        return vat is not null;
    }

    public static VatNumber Parse(string text, IFormatProvider? provider = null) =>
        TryParse(text, provider, out var vat) ? vat : throw new FormatException($"'{text}' is not a VAT number.");

    public override string ToString() => Value;

    private static VatNumber? French(string compact) =>
        compact.Length == 13 && Siren.TryParse(compact[4..], null, out var siren) && Of(siren) is var expected && expected.Value == compact
            ? expected
            : null;

    [GeneratedRegex(@"[^\p{L}\p{Nd}+*]")]
    private static partial Regex NotLetterOrDigit();
}
