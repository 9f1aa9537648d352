using Rcu.Activation;
using Rcu.Jobs;

namespace Rcu.Web.Commands;

/// <summary>
/// Leaves every job to the command that asked for it: it runs the pipeline itself, in front of the person who waits. Pushes it
/// makes on the spot.
/// </summary>
internal sealed class JobsInLine(IServiceScopeFactory scopes) : IJobs
{
    public async Task EnqueueAsync<TJob>(Guid subject, CancellationToken ct)
        where TJob : IJob
    {
        if (typeof(TJob) == typeof(ActivateJob))
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<Push>().RunAsync(subject, progress: null, ct);
        }
    }
}
