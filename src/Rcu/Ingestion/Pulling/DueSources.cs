using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Ingestion.Connectors.Webhook;
using Rcu.Jobs;

namespace Rcu.Ingestion.Pulling;

/// <summary>Asks for the sources whose hour has come, and looks for those that have gone silent. Called every few seconds.</summary>
public sealed class DueSources(RcuDb db, SourceConnections connections, TimeProvider clock)
{
    /// <returns>How many sources were asked for.</returns>
    public async Task<int> WakeAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await PullWatch.LookForSilenceAsync(db, now, ct);
        var due = await db.SourceConnections.AsNoTracking()
            .Where(c => (c.State == ConnectionState.Healthy || c.State == ConnectionState.Degraded) && c.NextRunAt <= now
                && !db.Runs.Any(r => r.Stage == PullJob.Stage && r.Subject == c.Id && (r.Status == RunStatus.Queued || r.Status == RunStatus.Running)))
            .Select(c => c.Id).ToListAsync(ct);
        due = [.. due.Union(await HookInbox.UnreadAsync(db, ct))];
        foreach (var id in due)
        {
            await connections.PullAsync(id, "hub", ct);
        }

        return due.Count;
    }
}
