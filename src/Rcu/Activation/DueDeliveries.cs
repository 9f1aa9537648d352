using Microsoft.EntityFrameworkCore;
using Rcu.Data;

namespace Rcu.Activation;

/// <summary>Finds what waits to be sent again and is due, and asks for it; calls again the pushes nobody took up. Called every few seconds by the worker.</summary>
public sealed class DueDeliveries(RcuDb db, Destinations destinations, PushQueue queue, TimeProvider clock)
{
    // Longer than a push that was just asked for takes to be taken up.
    private static readonly TimeSpan Forgotten = TimeSpan.FromSeconds(15);

    /// <returns>How many destinations were woken.</returns>
    public async Task<int> WakeAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var due = await db.Destinations
            .Where(d => !Destination.Stopped.Contains(d.State)
                && (d.PausedUntil == null || d.PausedUntil <= now)
                && db.Outbox.Any(o => o.DestinationId == d.Id && o.Status == OutboxStatus.Waiting && o.DueAt <= now)
                && !db.Runs.Any(r => r.Stage == "Activation" && r.Subject == d.Id
                    && (r.Status == Jobs.RunStatus.Queued || r.Status == Jobs.RunStatus.Running)))
            .Select(d => d.Id).ToListAsync(ct);
        foreach (var id in due)
        {
            await destinations.SendAsync(id, "hub", ct);
        }

        await queue.CallAsync(Forgotten, ct);
        return due.Count;
    }
}
