namespace Rcu.Ingestion.Pulling;

/// <summary>What the hub reads by itself, source or register: whether it may, when next, and why not.</summary>
public abstract class ReadByItself
{
    public required ConnectionState State { get; set; }

    public string? StateReason { get; set; }

    /// <summary>Failures in a row: they space the tries out.</summary>
    public int Failures { get; set; }

    public DateTimeOffset? PausedUntil { get; set; }

    public DateTimeOffset? NextRunAt { get; set; }

    public DateTimeOffset? LastRunAt { get; set; }

    /// <summary>Whether the hub may read it now.</summary>
    public bool IsOpen => State is ConnectionState.Healthy or ConnectionState.Degraded;

    /// <summary>Everything is well again, or a person says so: it is read as its schedule says.</summary>
    public void Reopen(DateTimeOffset now)
    {
        (State, StateReason, Failures, PausedUntil) = (ConnectionState.Healthy, null, 0, null);
        NextRunAt = NextAfter(now);
    }

    /// <summary>It did not answer: it is tried again later, and less and less often.</summary>
    public void Wait(string why, TimeSpan delay, DateTimeOffset now)
    {
        (State, StateReason, Failures, PausedUntil) = (ConnectionState.Degraded, why, Failures + 1, now + delay);
        NextRunAt = PausedUntil;
    }

    /// <summary>A person must act first.</summary>
    public void Stop(ConnectionState state, string? why) => (State, StateReason, NextRunAt) = (state, why, null);

    /// <summary>What its schedule says; null for never.</summary>
    protected abstract DateTimeOffset? NextAfter(DateTimeOffset now);
}

public enum ConnectionState
{
    Healthy,
    Degraded,
    Paused,
    CredentialsNeeded,
    Broken,
}
