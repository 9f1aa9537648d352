using Microsoft.EntityFrameworkCore;
using Rcu.Data;

namespace Rcu.Activation;

/// <summary>
/// Asks, once segments are computed, for a push to every open destination. It waits for none of them: each is told by a job of its
/// own, so that a tool out of order keeps nobody waiting.
/// </summary>
public sealed class ActivateStage(RcuDb db, PushQueue queue) : IStage
{
    public string Name => "Activation";

    public async Task RunAsync(IStageProgress progress, CancellationToken ct)
    {
        var open = await db.Destinations.AsNoTracking()
            .Where(d => d.SegmentId != null && !Destination.Stopped.Contains(d.State))
            .OrderBy(d => d.Id).ToListAsync(ct);
        for (var i = 0; i < open.Count; i++)
        {
            await queue.AskAsync(open[i], "hub", ct);
            await progress.ReportAsync(i + 1, open.Count, ct);
        }
    }
}
