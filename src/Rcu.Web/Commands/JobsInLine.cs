using Rcu.Jobs;

namespace Rcu.Web.Commands;

/// <summary>Leaves every job to the command that asked for it: it runs the pipeline itself, in front of the person who waits.</summary>
internal sealed class JobsInLine : IJobs
{
    public Task EnqueueAsync<TJob>(Guid subject, CancellationToken ct)
        where TJob : IJob => Task.CompletedTask;
}
