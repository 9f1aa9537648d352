using System.Globalization;
using System.Text.RegularExpressions;

namespace Rcu.Ingestion.Reading.Guesses;

/// <summary>
/// Dates of a file whose months come first: written the one way that nobody reads otherwise, as a workbook's are. The
/// hub reads any other date day first.
/// </summary>
internal static partial class MonthFirstDates
{
    public static string Read(string text)
    {
        if (text.Length is < 6 or > 24 || Form().Match(text) is not { Success: true } form)
        {
            return text;
        }

        var (month, day, year) = (Number(form, "month"), Number(form, "day"), Number(form, "year"));
        year += form.Groups["year"].Length > 2 ? 0 : year < 70 ? 2000 : 1900;
        return month is < 1 or > 12 || year is < 1 or > 9999 || day < 1 || day > DateTime.DaysInMonth(year, month)
            ? text
            : string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}-{day:00}{form.Groups["time"].Value}");
    }

    private static int Number(Match form, string group) => int.Parse(form.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\s*(?<month>[0-9]{1,2})[/.-](?<day>[0-9]{1,2})[/.-](?<year>[0-9]{4}|[0-9]{2})(?<time>\s[0-9]{2}:[0-9]{2}(:[0-9]{2})?)?\s*$")]
    private static partial Regex Form();
}
