using Npgsql;

namespace Rcu.Web.Hosting;

/// <summary>
/// PostgreSQL that restarts is no failure of the work it cuts: the work waits for it where it is and is done again, seconds
/// after it is back, instead of going through the retries of what fails by itself.
/// </summary>
internal sealed partial class Outages(NpgsqlDataSource hub, TimeProvider clock, ILogger<Outages> log)
{
    private const int MostInARow = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <param name="act">May be done again after any cut.</param>
    public async Task OverAsync(Func<CancellationToken, Task> act, CancellationToken ct)
    {
        for (var outages = 1; ; outages++)
        {
            try
            {
                await act(ct);
                return;
            }
            catch (Exception cut) when (outages <= MostInARow && IsOutage(cut))
            {
                LogCut(cut.Message);
                await UntilBackAsync(ct);
            }
        }
    }

    /// <summary>Whether the database went away, and not the work wrong. A deadlock is between two works: it goes through the retries.</summary>
    public static bool IsOutage(Exception thrown)
    {
        for (var at = thrown; at is not null; at = at.InnerException)
        {
            if (at is NpgsqlException { IsTransient: true } lost && lost.SqlState?.StartsWith("40", StringComparison.Ordinal) is not true)
            {
                return true;
            }
        }

        return false;
    }

    private async Task UntilBackAsync(CancellationToken ct)
    {
        var since = clock.GetTimestamp();
        do
        {
            await Task.Delay(Pause, clock, ct);
        }
        while (!await AnswersAsync(ct) && clock.GetElapsedTime(since) < Patience);
    }

    private async Task<bool> AnswersAsync(CancellationToken ct)
    {
        try
        {
            // The connections that were open are dead, every one.
            hub.Clear();
            await using var ask = hub.CreateCommand("select 1");
            await ask.ExecuteScalarAsync(ct);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "PostgreSQL went away in the middle of a job, which waits for it: {Why}")]
    private partial void LogCut(string why);
}
