namespace Rcu.Web.Commands;

/// <summary>A clock that runs as fast as the real one, on another day: the demo's data are then as fresh as on the day they were made.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private long _shift;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _shift));

    /// <summary>It is now <paramref name="now"/>.</summary>
    public void Set(DateTimeOffset now) => Interlocked.Exchange(ref _shift, (now - base.GetUtcNow()).Ticks);
}
