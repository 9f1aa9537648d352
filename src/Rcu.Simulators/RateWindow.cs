namespace Rcu.Simulators;

/// <summary>At most so many calls in a window of time, counted as the vendors do.</summary>
public sealed class RateWindow(int most, TimeSpan window, TimeProvider clock)
{
    private readonly Queue<DateTimeOffset> _calls = new();

    public int Most { get; set; } = most;

    public int Remaining => Math.Max(0, Most - _calls.Count);

    /// <returns>How long to wait when it is too much; null when the call is allowed.</returns>
    public TimeSpan? Wait()
    {
        var now = clock.GetUtcNow();
        while (_calls.TryPeek(out var oldest) && now - oldest >= window)
        {
            _calls.Dequeue();
        }

        if (_calls.Count >= Most)
        {
            return _calls.Peek() + window - now;
        }

        _calls.Enqueue(now);
        return null;
    }
}
