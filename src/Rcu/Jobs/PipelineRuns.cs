using Microsoft.EntityFrameworkCore;
using Rcu.Data;

namespace Rcu.Jobs;

/// <summary>Asks for the stages that follow an import. Several requests made before one starts are one run.</summary>
public sealed class PipelineRuns(RcuDb db, IJobs jobs, TimeProvider clock)
{
    /// <summary>The stage name of these runs.</summary>
    public const string Stage = "Pipeline";

    public async Task<Run> RequestAsync(string by, CancellationToken ct)
    {
        if (await db.Runs.Where(r => r.Stage == Stage && r.Status == RunStatus.Queued).OrderBy(r => r.QueuedAt).FirstOrDefaultAsync(ct) is { } waiting)
        {
            await jobs.EnqueueAsync<PipelineJob>(waiting.Id, ct); // its first asker may have died before handing it over
            return waiting;
        }

        var run = new Run { Stage = Stage, Subject = Guid.Empty, Label = "Mise à jour des fiches", RequestedBy = by, QueuedAt = clock.GetUtcNow() };
        db.Runs.Add(run);
        await db.SaveChangesAsync(ct);
        await jobs.EnqueueAsync<PipelineJob>(run.Id, ct);
        return run;
    }
}
