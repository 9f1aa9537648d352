namespace Rcu.Web.Pages.Matches;

/// <summary>When a day begins for those who work in France.</summary>
internal static class Days
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    public static DateTimeOffset StartOf(DateTimeOffset now)
    {
        var midnight = TimeZoneInfo.ConvertTime(now, Paris).Date;
        return new DateTimeOffset(midnight, Paris.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
