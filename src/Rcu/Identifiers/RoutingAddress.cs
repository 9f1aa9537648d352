using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Rcu.Identifiers;

/// <summary>
/// Where a French company receives its electronic invoices, as the national directory writes it: a SIREN, alone or followed by a
/// SIRET, a SIRET and a routing code, or a suffix of its own.
/// </summary>
public sealed partial record RoutingAddress : IParsable<RoutingAddress>
{
    private RoutingAddress(string value, Siren siren) => (Value, Siren) = (value, siren);

    public string Value { get; }

    public Siren Siren { get; }

    public static bool TryParse(
        [NotNullWhen(true)] string? text, IFormatProvider? provider, [MaybeNullWhen(false)] out RoutingAddress address)
    {
        address = null;
        var form = Form().Match(text ?? "");
        if (!form.Success || !Siren.TryParse(form.Groups["siren"].Value, null, out var siren))
        {
            return false;
        }

        var rest = form.Groups["rest"].Value;
        var siret = Place().Match(rest);
        if (siret.Success && !(Siret.TryParse(siret.Groups["siret"].Value, null, out var place) && place.Siren == siren))
        {
            return false;
        }

        address = new RoutingAddress(rest.Length == 0 ? siren.Value : $"{siren.Value}_{rest}", siren);
        return true;
    }

    public static RoutingAddress Parse(string text, IFormatProvider? provider = null) =>
        TryParse(text, provider, out var address) ? address : throw new FormatException($"'{text}' is not a routing address.");

    public override string ToString() => Value;

    // 0225 is the number of the French scheme among those of Peppol.
    [GeneratedRegex(@"^\s*(0225[:\s])?\s*(?<siren>\d{3}\s?\d{3}\s?\d{3})(_(?<rest>[A-Za-z0-9+/-]{1,100}(_[A-Za-z0-9+/-]{1,100})?))?\s*$")]
    private static partial Regex Form();

    // What begins with fourteen digits means to be a SIRET; a routing code comes after one only.
    [GeneratedRegex(@"^(?<siret>\d{14})$|^(?<siret>[^_]+)_")]
    private static partial Regex Place();
}
