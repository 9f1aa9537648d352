using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Jobs;

namespace Rcu.Activation;

/// <summary>
/// The pushes that wait for their turn. They are rows of <c>runs</c>, so none is lost with a process: what is asked for here again
/// and again is only that somebody take them up.
/// </summary>
public sealed class PushQueue(RcuDb db, IJobs jobs, TimeProvider clock)
{
    private const int AtOnce = 32;

    /// <summary>A push that plans from now on: one that has begun already has made its plan, and does not do.</summary>
    public async Task<Run> AskAsync(Destination destination, string by, CancellationToken ct)
    {
        var run = await db.Runs.FirstOrDefaultAsync(
            r => r.Stage == "Activation" && r.Subject == destination.Id && r.Status == RunStatus.Queued && r.Attempt == 0, ct);
        if (run is null)
        {
            run = Destinations.NewRun(destination, by, clock.GetUtcNow());
            db.Runs.Add(run);
            await db.SaveChangesAsync(ct);
        }

        await jobs.EnqueueAsync<ActivateJob>(run.Id, ct);
        return run;
    }

    /// <summary>Hands the pushes that wait to whoever is free, the oldest first.</summary>
    /// <param name="since">Only those that wait for so long.</param>
    public async Task<int> CallAsync(TimeSpan since, CancellationToken ct)
    {
        var before = clock.GetUtcNow() - since;
        var waiting = await db.Runs.AsNoTracking()
            .Where(r => r.Stage == "Activation" && r.Status == RunStatus.Queued && r.Attempt == 0 && r.QueuedAt <= before)
            .OrderBy(r => r.QueuedAt).ThenBy(r => r.Id).Select(r => r.Id).Take(AtOnce).ToListAsync(ct);
        foreach (var id in waiting)
        {
            await jobs.EnqueueAsync<ActivateJob>(id, ct);
        }

        return waiting.Count;
    }

    /// <summary>Whether the tool of this push failed the last time it was called.</summary>
    public async Task<bool> IsSickAsync(Guid run, CancellationToken ct) => await db.Runs
        .Where(r => r.Id == run).Join(db.Destinations, r => r.Subject, d => d.Id, (_, d) => d.Failures > 0).FirstOrDefaultAsync(ct);
}
