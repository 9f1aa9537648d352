using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Activation;
using Rcu.Jobs;

namespace Rcu.Benchmarks.Activation;

/// <summary>Pushes taken up at once and beside each other, in the room a worker has for them.</summary>
internal sealed class SlotJobs(IServiceProvider hub, CancellationToken ct) : IJobs, IDisposable
{
    private readonly PushSlots _slots = new();
    private readonly ConcurrentBag<Task> _work = [];
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(ct);

    public Task EnqueueAsync<TJob>(Guid subject, CancellationToken ct)
        where TJob : IJob
    {
        _work.Add(Task.Run(() => WorkAsync(subject), ct));
        return Task.CompletedTask;
    }

    /// <summary>What is still at work is cut, as by the end of its process.</summary>
    public async Task EndAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop.Dispose();

    private async Task WorkAsync(Guid run)
    {
        await using var scope = hub.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var queue = new PushQueue(services.GetRequiredService<Data.RcuDb>(), this, TimeProvider.System);
        await new ActivateJob(services.GetRequiredService<Push>(), queue, _slots).RunAsync(run, _stop.Token);
    }
}
