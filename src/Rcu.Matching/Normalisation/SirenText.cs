using Rcu.Matching.Text;

namespace Rcu.Matching.Normalisation;

/// <summary>The SIREN inside a SIREN, a SIRET or a French VAT number, and whether it passes its check.</summary>
internal static class SirenText
{
    /// <summary>How many characters a SIREN has.</summary>
    public const int Length = 9;

    /// <summary>Writes what the value says the SIREN is, 8 or 9 digits; nothing when it says none.</summary>
    public static (int Length, bool Valid) Read(ReadOnlySpan<byte> text, FieldKind kind, Span<byte> siren)
    {
        if (text.Length < 8)
        {
            return default;
        }

        return kind == FieldKind.Vat ? FromVat(text, siren) : FromDigits(text, kind, siren);
    }

    public static bool IsSiren(ReadOnlySpan<byte> digits)
    {
        if (digits.Length != Length || digits.IndexOfAnyExcept((byte)'0') < 0)
        {
            return false;
        }

        var sum = 0;
        for (var i = 0; i < Length; i++)
        {
            var digit = digits[i] - '0';
            var weighted = i % 2 == 1 ? digit * 2 : digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }

        return sum % 10 == 0;
    }

    private static (int, bool) FromDigits(ReadOnlySpan<byte> text, FieldKind kind, Span<byte> siren)
    {
        Span<byte> digits = stackalloc byte[24];
        var count = Folding.Digits(text, digits);
        if (count < 8)
        {
            return default;
        }

        if (count is 8 or 13 && kind is FieldKind.Siren or FieldKind.Siret)
        {
            return WithLostZero(digits[..count], siren);
        }

        var length = Math.Min(count, Length);
        digits[..length].CopyTo(siren);
        return (length, IsSiren(siren[..length]));
    }

    private static (int, bool) FromVat(ReadOnlySpan<byte> text, Span<byte> siren)
    {
        Span<byte> vat = stackalloc byte[32];
        var count = Folding.Squeeze(vat[..Folding.Fold(text, vat)]);
        if (count != 13 || vat[0] != 'f' || vat[1] != 'r' || vat[4..13].IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
        {
            return default;
        }

        vat[4..13].CopyTo(siren);
        return (Length, IsSiren(siren[..Length]));
    }

    // A spreadsheet drops the leading zero of a number.
    private static (int, bool) WithLostZero(ReadOnlySpan<byte> digits, Span<byte> siren)
    {
        if (digits.Length == 13 && IsSiren(digits[..Length]))
        {
            digits[..Length].CopyTo(siren);
            return (Length, true);
        }

        siren[0] = (byte)'0';
        digits[..8].CopyTo(siren[1..]);
        if (digits.Length == 13 || IsSiren(siren[..Length]))
        {
            return (Length, IsSiren(siren[..Length]));
        }

        digits[..8].CopyTo(siren);
        return (8, false);
    }
}
