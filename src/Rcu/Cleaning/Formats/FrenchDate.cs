using System.Globalization;
using System.Text.RegularExpressions;
using Rcu.Identifiers;
using Rcu.Reference;

namespace Rcu.Cleaning.Formats;

/// <summary>Dates as sources write them: <c>JJ/MM/AAAA</c>, <c>AAAAMMJJ</c>, ISO with or without offset, a spreadsheet's serial number.</summary>
/// <param name="Doubt">Why a person should look at it: <c>us_order</c>, <c>short_year</c>, <c>serial</c>; null when it reads one way only.</param>
internal sealed partial record FrenchDate(DateTimeOffset Instant, bool HasTime, string? Doubt)
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    private static readonly string[] Months =
        ["JANV", "FEVR", "MARS", "AVR", "MAI", "JUIN", "JUIL", "AOUT", "SEPT", "OCT", "NOV", "DEC"];

    // As long as a day without a time: the same day comes again, the same second hardly.
    private const int LongestDay = 10;

    private static readonly Recalled<string, FrenchDate?> Recent = new(ReadAnew);

    /// <summary>The day, in France.</summary>
    public DateOnly Day => HasTime
        ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Instant, Paris).DateTime)
        : DateOnly.FromDateTime(Instant.UtcDateTime);

    public static FrenchDate? Read(string text) => text.Length <= LongestDay ? Recent[text] : ReadAnew(text);

    private static FrenchDate? ReadAnew(string text) =>
        Iso(text) ?? Slashed(text) ?? Digits(text) ?? Serial(text) ?? Spelt(text);

    private static FrenchDate? Iso(string text)
    {
        var form = IsoForm().Match(text);
        if (!form.Success)
        {
            return null;
        }

        if (form.Groups["offset"].Success)
        {
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
                ? new FrenchDate(instant.ToUniversalTime(), true, null)
                : null;
        }

        return DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? At(local, form.Groups["time"].Success, null)
            : null;
    }

    private static FrenchDate? Slashed(string text)
    {
        var form = SlashedForm().Match(text);
        if (!form.Success)
        {
            return null;
        }

        var (day, month, year) = (Number(form, "day"), Number(form, "month"), Number(form, "year"));
        string? doubt = null;
        if (form.Groups["year"].Length == 2)
        {
            (year, doubt) = (year + (year < 70 ? 2000 : 1900), "short_year");
        }

        if (month > 12 && day <= 12)
        {
            (day, month, doubt) = (month, day, "us_order");
        }

        return Of(year, month, day, form, doubt);
    }

    private static FrenchDate? Digits(string text)
    {
        if (!text.IsDigits(8))
        {
            return null;
        }

        return Compact(text, "yyyyMMdd") ?? Compact(text, "ddMMyyyy");
    }

    private static FrenchDate? Compact(string text, string format) =>
        DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1900 and < 2100
            ? At(day, false, null)
            : null;

    // Days since the end of 1899, as spreadsheets count: 20000 is 1954, 80000 is 2119.
    private static FrenchDate? Serial(string text) =>
        double.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var serial) && serial is > 20000 and < 80000
            ? At(new DateTime(1899, 12, 30).AddSeconds(Math.Round(serial * 86400)), serial % 1 != 0, "serial")
            : null;

    private static FrenchDate? Spelt(string text)
    {
        var form = SpeltForm().Match(text.Folded());
        var month = form.Success
            ? Array.FindIndex(Months, m => form.Groups["month"].Value.StartsWith(m, StringComparison.Ordinal) || m.StartsWith(form.Groups["month"].Value, StringComparison.Ordinal))
            : -1;
        return month < 0 ? null : Of(Number(form, "year"), month + 1, Number(form, "day"), form, null);
    }

    private static FrenchDate? Of(int year, int month, int day, Match form, string? doubt)
    {
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return null;
        }

        var (hour, minute, second) = (Number(form, "hour"), Number(form, "minute"), Number(form, "second"));
        return hour > 23 || minute > 59 || second > 59
            ? null
            : At(new DateTime(year, month, day, hour, minute, second), form.Groups["hour"].Success, doubt);
    }

    private static FrenchDate At(DateTime local, bool hasTime, string? doubt) => hasTime
        ? new FrenchDate(new DateTimeOffset(local, Paris.GetUtcOffset(local)).ToUniversalTime(), true, doubt)
        : new FrenchDate(new DateTimeOffset(local.Date, TimeSpan.Zero), false, doubt);

    private static int Number(Match form, string group) =>
        form.Groups[group].Success ? int.Parse(form.Groups[group].Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}(?<time>[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?\s?(?<offset>Z|[+-]\d{2}:?\d{2}| UTC)?)?$")]
    private static partial Regex IsoForm();

    [GeneratedRegex(@"^(?<day>\d{1,2})[/.\- ](?<month>\d{1,2})[/.\- ](?<year>\d{4}|\d{2})(\s*(à|,|T)?\s*(?<hour>\d{1,2})[:hH](?<minute>\d{2})(:(?<second>\d{2}))?)?$")]
    private static partial Regex SlashedForm();

    [GeneratedRegex(@"^((LUNDI|MARDI|MERCREDI|JEUDI|VENDREDI|SAMEDI|DIMANCHE) )?(?<day>\d{1,2})(ER)? (?<month>[A-Z]{3,9}) (?<year>\d{4})$")]
    private static partial Regex SpeltForm();
}
