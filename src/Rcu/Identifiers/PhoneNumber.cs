using System.Diagnostics.CodeAnalysis;

namespace Rcu.Identifiers;

/// <summary>A telephone number in the international form (E.164), read from the many ways French people write theirs.</summary>
public sealed record PhoneNumber : IParsable<PhoneNumber>
{
    private static readonly HashSet<string> FrenchCountries = ["FR", "RE", "YT", "GP", "BL", "MF", "GF", "MQ", "PM"];

    private PhoneNumber(string value, string? national, PhoneKind kind) => (Value, National, Kind) = (value, national, kind);

    /// <summary><c>+33123456789</c></summary>
    public string Value { get; }

    /// <summary>The ten digits dialled inside France; null for a number from elsewhere.</summary>
    public string? National { get; }

    public PhoneKind Kind { get; }

    public PhoneTariff Tariff { get; private init; }

    /// <summary>Two letters; null for France and its territories, whose plan is one.</summary>
    public string? Country { get; private init; }

    /// <summary>As a French reader dials it, <c>01 23 45 67 89</c>; a number from elsewhere keeps its country code.</summary>
    public string Display => National?.Grouped(2, 2, 2, 2, 2) ?? Value;

    public static bool TryParse(
        [NotNullWhen(true)] string? text, IFormatProvider? provider, [MaybeNullWhen(false)] out PhoneNumber phone)
    {
        phone = text is null ? null : Read(text);
        return phone is not null;
    }

    /// <summary>Reads a number as people of a country write it; with no country, as in France.</summary>
    public static bool TryParseIn(string? text, string? country, [MaybeNullWhen(false)] out PhoneNumber phone)
    {
        if (text is null || country is null || FrenchCountries.Contains(country) || WorldPlan.CallingCode(country) is null)
        {
            return TryParse(text, null, out phone);
        }

        var typed = Typed(text);
        var digits = Digits(typed);
        phone = typed.Any(char.IsLetter) ? null
            : typed.Contains('+', StringComparison.Ordinal) ? International(digits)
            : World(WorldPlan.National(digits, country)) ?? (digits.StartsWith("00", StringComparison.Ordinal) ? International(digits[2..]) : null);
        return phone is not null;
    }

    public static PhoneNumber Parse(string text, IFormatProvider? provider = null) =>
        TryParse(text, provider, out var phone) ? phone : throw new FormatException($"'{text}' is not a telephone number.");

    public override string ToString() => Value;

    private static PhoneNumber? Read(string text)
    {
        var typed = Typed(text);
        if (typed.Any(char.IsLetter))
        {
            return null;
        }

        var digits = Digits(typed);
        var international = typed.Contains('+', StringComparison.Ordinal);
        if (!international && digits.StartsWith("00", StringComparison.Ordinal))
        {
            (digits, international) = (digits[2..], true);
        }

        return international ? International(digits)
            : digits is ['0', not '0', ..] && digits.Length == 10 ? French(digits)
            : digits is [not '0', ..] && digits.Length == 9 ? French($"0{digits}") // a spreadsheet took the zero for nothing
            : PhonePlan.IsFrench(digits) ? International(digits) // 33639980042, as mailing tools write it
            : null;
    }

    private static PhoneNumber? International(string digits)
    {
        if (PhonePlan.CountryCode(digits) is { } code)
        {
            var rest = digits[code.Length..].TrimStart('0');
            return rest.Length == 9 ? French($"0{rest}") : null;
        }

        return World(WorldPlan.International(digits));
    }

    private static PhoneNumber? World(WorldNumber? found) => found is null ? null
        : PhonePlan.CountryCode(found.Value[1..]) is not null ? International(found.Value[1..])
        : new PhoneNumber(found.Value, null, found.Kind) { Tariff = found.Tariff, Country = found.Country };

    private static string Typed(string text) => text.Trim().TrimStart('\'').Replace("(0)", "", StringComparison.Ordinal);

    private static string Digits(string typed) => typed.Only(char.IsAsciiDigit);

    private static PhoneNumber? French(string national) =>
        PhonePlan.Of(national) is { } plan
            ? new PhoneNumber($"+{plan.CountryCode}{national[1..]}", national, plan.Kind) { Tariff = TariffOf(national) }
            : null;

    // Arcep: 0800 to 0805 cost nothing to who calls, 0806 to 0809 a usual call, the other 08 more.
    private static PhoneTariff TariffOf(string national) => national switch
    {
        ['0', '8', '0', >= '0' and <= '5', ..] => PhoneTariff.TollFree,
        ['0', '8', '0', ..] => PhoneTariff.Company,
        ['0', '8', '1' or '2' or '8' or '9', ..] => PhoneTariff.Premium,
        ['0', '9', ..] => PhoneTariff.Internet,
        _ => PhoneTariff.None,
    };
}

/// <summary>What a number reaches, which decides what may be sent to it.</summary>
public enum PhoneKind
{
    Landline,
    Mobile,
    Special,

    /// <summary>From a country where a number does not tell a mobile from a landline.</summary>
    Foreign,
}
