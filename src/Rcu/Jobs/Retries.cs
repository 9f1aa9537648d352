namespace Rcu.Jobs;

/// <summary>When what another system did not take or give is tried again: ever later, scattered, for about three days.</summary>
public static class Retries
{
    public const int Most = 12;

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2),
        TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <param name="attempts">How many tries have failed, this one counted.</param>
    /// <param name="asked">What the other system asked for: never tried sooner.</param>
    /// <param name="scatter">0 to 1: drawn at random, so that a herd spreads.</param>
    public static TimeSpan After(int attempts, TimeSpan? asked, double scatter)
    {
        var wait = Waits[Math.Clamp(attempts - 1, 0, Waits.Length - 1)];
        var spread = wait * (0.75 + (scatter / 2));
        return asked > spread ? asked.Value : spread;
    }
}
