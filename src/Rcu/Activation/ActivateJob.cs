using Rcu.Jobs;

namespace Rcu.Activation;

/// <summary>Pushes one destination, because a person asked or because something waits to be sent again.</summary>
public sealed class ActivateJob(Push push) : IJob
{
    public Task RunAsync(Guid subject, CancellationToken ct) => push.RunAsync(subject, progress: null, ct);
}
