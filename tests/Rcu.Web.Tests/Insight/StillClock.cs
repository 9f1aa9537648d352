namespace Rcu.Web.Tests.Insight;

/// <summary>Always the same moment.</summary>
internal sealed class StillClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}

/// <summary>For a stage run without anybody looking.</summary>
internal sealed class NoProgress : IStageProgress
{
    public Task EnterAsync(string stage, CancellationToken ct) => Task.CompletedTask;

    public Task ReportAsync(long done, long? total, CancellationToken ct) => Task.CompletedTask;
}
