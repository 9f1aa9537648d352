using Rcu.Matching.Text;

namespace Rcu.Matching.Normalisation;

/// <summary>The SIREN inside a SIREN, a SIRET or a French VAT number, and whether it passes its check.</summary>
internal static class SirenText
{
    public static (string? Digits, bool Valid) Read(string? text, FieldKind kind)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return (null, false);
        }

        if (kind == FieldKind.Vat)
        {
            return FromVat(Folding.LettersAndDigits(text));
        }

        var digits = Folding.Digits(text);
        var siren = digits.Length is 9 or 14 ? digits[..9]
            : digits.Length is 8 or 13 && kind is FieldKind.Siren or FieldKind.Siret ? WithLostZero(digits)
            : digits.Length > 9 ? digits[..9] : digits;
        return siren.Length < 8 ? (null, false) : (siren, siren.Length == 9 && IsSiren(siren));
    }

    public static bool IsSiren(string digits)
    {
        if (digits.Length != 9 || digits == "000000000")
        {
            return false;
        }

        var sum = 0;
        for (var i = 0; i < 9; i++)
        {
            var digit = digits[i] - '0';
            var weighted = i % 2 == 1 ? digit * 2 : digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }

        return sum % 10 == 0;
    }

    private static (string?, bool) FromVat(string vat)
    {
        if (vat.Length != 13 || !vat.StartsWith("fr", StringComparison.Ordinal))
        {
            return (null, false);
        }

        var siren = vat[4..];
        return siren.All(char.IsAsciiDigit) ? (siren, IsSiren(siren)) : (null, false);
    }

    // A spreadsheet drops the leading zero of a number.
    private static string WithLostZero(string digits) =>
        digits.Length == 13 ? IsSiren(digits[..9]) ? digits[..9] : "0" + digits[..8]
        : IsSiren("0" + digits) ? "0" + digits : digits;
}
