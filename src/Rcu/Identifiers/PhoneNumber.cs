using System.Diagnostics.CodeAnalysis;

namespace Rcu.Identifiers;

/// <summary>A telephone number in the international form (E.164), read from the many ways French people write theirs.</summary>
public sealed record PhoneNumber : IParsable<PhoneNumber>
{
    private PhoneNumber(string value, string? national, PhoneKind kind) => (Value, National, Kind) = (value, national, kind);

    /// <summary><c>+33123456789</c></summary>
    public string Value { get; }

    /// <summary>The ten digits dialled inside France; null for a number from elsewhere.</summary>
    public string? National { get; }

    public PhoneKind Kind { get; }

    /// <summary>As a French reader dials it, <c>01 23 45 67 89</c>; a number from elsewhere keeps its country code.</summary>
    public string Display => National?.Grouped(2, 2, 2, 2, 2) ?? Value;

    public static bool TryParse(
        [NotNullWhen(true)] string? text, IFormatProvider? provider, [MaybeNullWhen(false)] out PhoneNumber phone)
    {
        phone = text is null ? null : Read(text);
        return phone is not null;
    }

    public static PhoneNumber Parse(string text, IFormatProvider? provider = null) =>
        TryParse(text, provider, out var phone) ? phone : throw new FormatException($"'{text}' is not a telephone number.");

    public override string ToString() => Value;

    private static PhoneNumber? Read(string text)
    {
        var typed = text.Trim().TrimStart('\'').Replace("(0)", "", StringComparison.Ordinal);
        if (typed.Any(char.IsLetter))
        {
            return null;
        }

        var digits = string.Concat(typed.Where(char.IsAsciiDigit));
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

        return digits is [not '0', ..] && digits.Length is >= 8 and <= 15 ? new PhoneNumber($"+{digits}", null, PhoneKind.Foreign) : null;
    }

    private static PhoneNumber? French(string national) =>
        PhonePlan.Of(national) is { } plan ? new PhoneNumber($"+{plan.CountryCode}{national[1..]}", national, plan.Kind) : null;
}

/// <summary>What a number reaches, which decides what may be sent to it.</summary>
public enum PhoneKind
{
    Landline,
    Mobile,
    Special,
    Foreign,
}
