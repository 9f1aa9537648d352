using Rcu.Jobs;

namespace Rcu.Activation;

/// <summary>
/// Pushes one destination, beside those of the others. Without room, or while the same tool is being told, it leaves its push
/// waiting: whoever ends calls the next.
/// </summary>
public sealed class ActivateJob(Push push, PushQueue queue, PushSlots slots) : IJob
{
    public async Task RunAsync(Guid subject, CancellationToken ct)
    {
        using (var slot = slots.Take(await queue.IsSickAsync(subject, ct)))
        {
            if (slot is null || !await push.RunAsync(subject, progress: null, ct))
            {
                return;
            }
        }

        await queue.CallAsync(TimeSpan.Zero, ct);
    }
}
