namespace Rcu.Ingestion.Sirene;

/// <summary>
/// How often the API Sirene may be called: a bucket of as many tokens as a minute allows, each of which comes back a minute after it was
/// taken. No minute, wherever it begins, holds more calls than allowed.
/// </summary>
public sealed class SireneQuota(TimeProvider clock)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Queue<DateTimeOffset> _taken = new();
    private readonly Lock _lock = new();

    /// <summary>Waits for a token, and takes it.</summary>
    public async Task WaitAsync(int perMinute, CancellationToken ct)
    {
        while (Take(perMinute) is { Ticks: > 0 } wait)
        {
            await Task.Delay(wait, clock, ct);
        }
    }

    // Zero when a token was taken; else how long until the next one comes back.
    private TimeSpan Take(int perMinute)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            while (_taken.TryPeek(out var oldest) && now - oldest >= Minute)
            {
                _taken.Dequeue();
            }

            if (_taken.Count < perMinute)
            {
                _taken.Enqueue(now);
                return TimeSpan.Zero;
            }

            return _taken.ElementAt(_taken.Count - perMinute) + Minute - now;
        }
    }
}
