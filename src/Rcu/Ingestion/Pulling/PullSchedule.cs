namespace Rcu.Ingestion.Pulling;

/// <summary>When a source is read next: every so many minutes, or each day at one hour of Paris.</summary>
public static class PullSchedule
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    /// <returns>Null when it is read only on demand.</returns>
    public static DateTimeOffset? Next(int? everyMinutes, TimeOnly? dailyAt, DateTimeOffset now) =>
        everyMinutes is { } minutes ? now.AddMinutes(minutes)
        : dailyAt is { } hour ? NextDay(hour, now)
        : null;

    private static DateTimeOffset NextDay(TimeOnly hour, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Paris).DateTime);
        var next = At(today, hour);
        return next > now ? next : At(today.AddDays(1), hour);
    }

    // The hour that does not exist in spring is the one after it.
    private static DateTimeOffset At(DateOnly day, TimeOnly hour)
    {
        var local = day.ToDateTime(hour);
        local = Paris.IsInvalidTime(local) ? local.AddHours(1) : local;
        return new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(local, Paris), TimeSpan.Zero);
    }
}
