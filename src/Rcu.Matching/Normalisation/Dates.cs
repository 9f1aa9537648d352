using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Rcu.Matching.Text;

namespace Rcu.Matching.Normalisation;

/// <summary>Dates as eight digits, year first, from the usual ways of writing them.</summary>
internal static class Dates
{
    private static readonly string[] Formats =
    [
        "yyyyMMdd", "yyyy-MM-dd", "yyyy/MM/dd", "dd/MM/yyyy", "d/M/yyyy", "dd-MM-yyyy", "dd.MM.yyyy", "yyyy-MM-ddTHH:mm:ss",
    ];

    /// <summary>Writes the date, or the six or eight digits of what is none.</summary>
    public static int Read(ReadOnlySpan<byte> text, Span<byte> digits)
    {
        var trimmed = text.Trim((byte)' ');
        if (trimmed.Length is < 6 or > 40)
        {
            return 0;
        }

        if (DateOnly.TryParseExact(Encoding.UTF8.GetString(trimmed), Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            Utf8Formatter.TryFormat((date.Year * 10000) + (date.Month * 100) + date.Day, digits, out _, new('D', 8));
            return 8;
        }

        if (trimmed.Length > 10 && trimmed[4] == '-' && trimmed[10] is (byte)'T' or (byte)' ')
        {
            return Read(trimmed[..10], digits);
        }

        Span<byte> all = stackalloc byte[40];
        var count = Folding.Digits(trimmed, all);
        if (count is not (6 or 8))
        {
            return 0;
        }

        all[..count].CopyTo(digits);
        return count;
    }
}
