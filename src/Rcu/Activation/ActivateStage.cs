using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Jobs;

namespace Rcu.Activation;

/// <summary>Tells every open destination what changed in its segment, once segments are computed.</summary>
public sealed class ActivateStage(RcuDb db, Push push, TimeProvider clock) : IStage
{
    public string Name => "Activation";

    public async Task RunAsync(IStageProgress progress, CancellationToken ct)
    {
        var open = await db.Destinations.AsNoTracking()
            .Where(d => d.SegmentId != null && d.State != DestinationState.Paused && d.State != DestinationState.CredentialsNeeded)
            .OrderBy(d => d.Id).ToListAsync(ct);
        for (var i = 0; i < open.Count; i++)
        {
            await push.RunAsync(await RunOfAsync(open[i], ct), progress: null, ct);
            await progress.ReportAsync(i + 1, open.Count, ct);
        }
    }

    // One that was cut goes on.
    private async Task<Guid> RunOfAsync(Destination destination, CancellationToken ct)
    {
        var cut = await db.Runs
            .Where(r => r.Stage == "Activation" && r.Subject == destination.Id && r.RequestedBy == "hub"
                && (r.Status == RunStatus.Queued || r.Status == RunStatus.Running))
            .Select(r => (Guid?)r.Id).FirstOrDefaultAsync(ct);
        if (cut is { } id)
        {
            return id;
        }

        var run = Destinations.NewRun(destination, "hub", clock.GetUtcNow());
        db.Runs.Add(run);
        await db.SaveChangesAsync(ct);
        return run.Id;
    }
}
