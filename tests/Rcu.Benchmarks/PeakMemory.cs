namespace Rcu.Benchmarks;

/// <summary>The most resident memory this process had, seen often while something runs.</summary>
internal sealed class PeakMemory : IDisposable
{
    private readonly Timer _timer;
    private long _bytes = Environment.WorkingSet;

    public PeakMemory() => _timer = new Timer(_ => See(), null, 0, 25);

    public long Bytes
    {
        get
        {
            See();
            return Interlocked.Read(ref _bytes);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void See()
    {
        var now = Environment.WorkingSet;
        for (var most = Interlocked.Read(ref _bytes); now > most; most = Interlocked.Read(ref _bytes))
        {
            Interlocked.CompareExchange(ref _bytes, now, most);
        }
    }
}
