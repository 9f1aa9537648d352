using System.Globalization;
using Rcu.Identifiers;

namespace Rcu.Web.Hosting;

/// <summary>
/// How values are written for a reader, in the language of the request. No number breaks away from its unit:
/// groups are held by no-break spaces.
/// </summary>
internal static class Show
{
    public const string Nothing = "—";

    private const char NoBreak = '\u00a0';
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    private static CultureInfo Culture => CultureInfo.CurrentUICulture;

    private static bool IsFrench => Culture.TwoLetterISOLanguageName == "fr";

    public static string Siren(string? value) => Identifiers.Siren.TryParse(value, null, out var siren) ? siren.Display : value ?? Nothing;

    public static string Siren(Siren? value) => value?.Display ?? Nothing;

    public static string Siret(string? value) => Identifiers.Siret.TryParse(value, null, out var siret) ? siret.Display : value ?? Nothing;

    public static string Phone(string? value) => PhoneNumber.TryParse(value, null, out var phone) ? phone.Display : value ?? Nothing;

    /// <summary>A number with two decimals at most.</summary>
    public static string Number(decimal value) => value.ToString("#,##0.##", Culture);

    /// <summary><c>1 234 568</c></summary>
    public static string Count(long value) => value.ToString("N0", Culture);

    /// <summary><c>1 234,50 €</c></summary>
    public static string Money(decimal? value, string currency = "EUR")
    {
        if (value is not { } amount)
        {
            return Nothing;
        }

        var unit = currency == "EUR" ? "€" : currency;
        return IsFrench ? $"{amount.ToString("N2", Culture)}{NoBreak}{unit}" : $"{unit}{amount.ToString("N2", Culture)}";
    }

    /// <summary><c>1,2 M€</c>: rounded to the even, the exact amount belongs in the title.</summary>
    public static string Compact(decimal? value)
    {
        if (value is not { } amount)
        {
            return Nothing;
        }

        // A step up when rounding makes it 1 000 of the step below.
        var (unit, divisor) = Math.Abs(amount) switch
        {
            >= 999_950_000m => (IsFrench ? "Md€" : "bn€", 1_000_000_000m),
            >= 999_500m => ("M€", 1_000_000m),
            >= 9_995m => ("k€", 1_000m),
            _ => ("€", 1m),
        };
        var scaled = amount / divisor;
        var digits = divisor is 1m or 1_000m || Math.Abs(scaled) >= 100 ? 0 : 1;
        return $"{Math.Round(scaled, digits, MidpointRounding.ToEven).ToString(digits == 0 ? "N0" : "#,##0.#", Culture)}{NoBreak}{unit}";
    }

    /// <summary>12,3 % for 0.123.</summary>
    public static string Percent(double? share, int digits = 0) =>
        share is { } value ? $"{(value * 100).ToString($"N{digits}", Culture)}{(IsFrench ? NoBreak.ToString() : "")}%" : Nothing;

    /// <summary><c>03/11/2026</c></summary>
    public static string Date(DateOnly? date) => date?.ToString(IsFrench ? "dd/MM/yyyy" : "yyyy-MM-dd", Culture) ?? Nothing;

    public static string Date(DateTimeOffset? at) => at is { } instant ? Date(DateOnly.FromDateTime(There(instant))) : Nothing;

    /// <summary><c>3 nov. 2026</c>, <c>1er mars 2026</c></summary>
    public static string LongDate(DateOnly? date) => date is not { } day ? Nothing
        : IsFrench && day.Day == 1 ? $"1er{NoBreak}{day.ToString("MMM yyyy", Culture)}"
        : day.ToString("d MMM yyyy", Culture);

    /// <summary><c>03/11/2026 14:05</c>, at the clock of Paris.</summary>
    public static string Moment(DateTimeOffset? at) =>
        at is { } instant ? $"{Date(instant)}{NoBreak}{There(instant).ToString("HH:mm", Culture)}" : Nothing;

    /// <summary><c>il y a 3 h</c>, <c>hier à 14:05</c>; beyond a week, the day itself.</summary>
    public static string Ago(DateTimeOffset? at, DateTimeOffset now)
    {
        if (at is not { } instant)
        {
            return Nothing;
        }

        var (since, time) = (now - instant, There(instant));
        return since switch
        {
            { TotalDays: >= 7 } or { TotalMinutes: <= -1 } => Date(instant),
            { TotalMinutes: < 1 } => IsFrench ? "à l’instant" : "just now",
            { TotalHours: < 1 } => Before($"{(int)since.TotalMinutes}{NoBreak}min"),
            _ when time.Date == There(now).Date => Before($"{(int)since.TotalHours}{NoBreak}h"),
            _ when time.Date == There(now).Date.AddDays(-1) =>
                IsFrench ? $"hier à {time:HH:mm}" : $"yesterday at {time:HH:mm}",
            _ => Before($"{Math.Max(2, (There(now).Date - time.Date).Days)}{NoBreak}{(IsFrench ? "jours" : "days")}"),
        };
    }

    /// <summary>French says the singular for 0 and 1, and 1.5 too; English for 1 alone.</summary>
    public static string Plural(decimal count, string one, string many) =>
        $"{count.ToString("#,##0.##", Culture)}{NoBreak}{((IsFrench ? Math.Abs(count) < 2 : count == 1) ? one : many)}";

    /// <summary>The two letters of a person's round badge.</summary>
    public static string Initials(string name)
    {
        var words = name.Split([' ', '.', '-', '@'], StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(words.Take(2).Select(word => char.ToUpper(word[0], Culture)));
    }

    /// <summary>The moment a clock of Paris showed this.</summary>
    public static DateTimeOffset? Instant(DateTime? there) => there is { } time ? new DateTimeOffset(time, Paris.GetUtcOffset(time)) : null;

    private static string Before(string what) => IsFrench ? $"il y a {what}" : $"{what} ago";

    private static DateTime There(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Paris).DateTime;
}
