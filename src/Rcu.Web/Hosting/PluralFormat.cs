using System.Globalization;

namespace Rcu.Web.Hosting;

/// <summary>
/// What follows a number agrees with it: in a text, <c>{0} ligne{0:s}</c> takes its « s » from two on, and <c>{0:?est|sont}</c> chooses.
/// French counts nought and one as one, English one alone.
/// </summary>
internal sealed class PluralFormat(CultureInfo culture) : IFormatProvider, ICustomFormatter
{
    public object? GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : culture.GetFormat(formatType);

    public string Format(string? format, object? arg, IFormatProvider? formatProvider) => format switch
    {
        "s" => IsMany(arg) ? "s" : "",
        ['?', .. var forms] when forms.Split('|') is [var one, var many] => IsMany(arg) ? many : one,
        _ => arg is IFormattable value ? value.ToString(format, culture) : arg?.ToString() ?? "",
    };

    // A number that was written already has its groups and, in French, its no-break spaces.
    private static bool IsMany(object? arg)
    {
        var digits = arg is IFormattable number ? number.ToString(null, CultureInfo.InvariantCulture) : string.Concat($"{arg}".Where(char.IsAsciiDigit));
        return decimal.TryParse(digits, NumberStyles.Number, CultureInfo.InvariantCulture, out var count)
            && (CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "fr" ? Math.Abs(count) >= 2 : Math.Abs(count) != 1);
    }
}
