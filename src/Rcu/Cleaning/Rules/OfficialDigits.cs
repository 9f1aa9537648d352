using System.Globalization;
using System.Text.RegularExpressions;
using Rcu.Identifiers;

namespace Rcu.Cleaning.Rules;

/// <summary>The digits of an official number as files spoil them: spaces, a spreadsheet's decimals, a masked end.</summary>
internal static partial class OfficialDigits
{
    public static string Of(string typed) => !typed.AsSpan().ContainsAnyExceptInRange('0', '9') ? typed : Decimals().Replace(typed.TrimStart('\''), "").Compact();

    /// <summary>Why these digits are no number: the end of the issue's code.</summary>
    public static string Reason(string number, string typed, string digits, int length) =>
        Scientific().IsMatch(typed) ? $"{number}.scientific"
        : digits.Any(c => !char.IsAsciiDigit(c)) ? $"{number}.unreadable"
        : digits.Length != length ? $"{number}.length"
        : $"{number}.checksum";

    /// <summary>The SIREN in front of a NIC written <c>xxxxx</c>.</summary>
    public static Siren? MaskedSiren(string typed)
    {
        var form = Masked().Match(typed.Compact());
        return form.Success && Siren.TryParse(form.Groups["siren"].Value, CultureInfo.InvariantCulture, out var siren) ? siren : null;
    }

    [GeneratedRegex(@"(?<=^\d+)[.,]0+$")]
    private static partial Regex Decimals();

    [GeneratedRegex(@"^\d+([.,]\d+)?E\+?\d+$", RegexOptions.IgnoreCase)]
    private static partial Regex Scientific();

    [GeneratedRegex(@"^(?<siren>\d{9})[xX*#?.]{1,5}\d{0,4}$")]
    private static partial Regex Masked();
}
