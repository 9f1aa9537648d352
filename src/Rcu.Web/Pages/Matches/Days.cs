namespace Rcu.Web.Pages.Matches;

/// <summary>When a day begins for those who work in France.</summary>
internal static class Days
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    public static DateTimeOffset StartOf(DateTimeOffset now) => Start(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Paris).Date));

    public static DateTimeOffset Start(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Paris.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
