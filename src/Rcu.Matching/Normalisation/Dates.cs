using System.Globalization;
using Rcu.Matching.Text;

namespace Rcu.Matching.Normalisation;

/// <summary>Dates as eight digits, year first, from the usual ways of writing them.</summary>
internal static class Dates
{
    private static readonly string[] Formats =
    [
        "yyyyMMdd", "yyyy-MM-dd", "yyyy/MM/dd", "dd/MM/yyyy", "d/M/yyyy", "dd-MM-yyyy", "dd.MM.yyyy", "yyyy-MM-ddTHH:mm:ss",
    ];

    public static string? Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var trimmed = text.Trim();
        if (DateOnly.TryParseExact(trimmed, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        }

        if (trimmed.Length > 10 && trimmed[4] == '-' && trimmed[10] is 'T' or ' ')
        {
            return Read(trimmed[..10]);
        }

        var digits = Folding.Digits(trimmed);
        return digits.Length is 6 or 8 ? digits : null;
    }
}
