using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Jobs;
using Rcu.Segmentation;

namespace Rcu.Activation;

/// <summary>
/// One push of a segment to a destination: plan once, then batch after batch, each sent outside any transaction and its outcomes
/// saved in one. A run that was cut goes on where it was; what was in flight is sent again under the same key.
/// </summary>
public sealed class Push(RcuDb db, PushPlan plan, PushBatch batches, IEnumerable<IDestinationConnector> connectors, TimeProvider clock)
{
    private const string Planned = "planned";

    /// <returns>False when it did nothing: it has ended already, or another push tells this tool now.</returns>
    public async Task<bool> RunAsync(Guid runId, IStageProgress? progress, CancellationToken ct)
    {
        var run = await db.Runs.SingleAsync(r => r.Id == runId, ct);
        if (run.HasEnded)
        {
            return false; // delivered twice
        }

        await db.Database.OpenConnectionAsync(ct);
        try
        {
            if (!await LockAsync(run.Subject, ct))
            {
                return false;
            }

            await db.Entry(run).ReloadAsync(ct);
            if (run.HasEnded)
            {
                return false;
            }

            await CloseCutAsync(run, ct);
            run.Start(clock.GetUtcNow());
            await db.SaveChangesAsync(ct);
            await GoOnAsync(run, progress, ct);
            return true;
        }
        finally
        {
            await db.Database.ExecuteSqlAsync($"select pg_advisory_unlock_all()", CancellationToken.None);
            await db.Database.CloseConnectionAsync();
        }
    }

    private async Task GoOnAsync(Run run, IStageProgress? progress, CancellationToken ct)
    {
        var destination = await db.Destinations.SingleAsync(d => d.Id == run.Subject, ct);
        var target = await db.Segments.Where(s => s.Id == destination.SegmentId).Select(s => (SegmentTarget?)s.Target).SingleOrDefaultAsync(ct);
        if (target is null)
        {
            run.Fail(ActivationErrors.NoSegment.Message, clock.GetUtcNow());
            await db.SaveChangesAsync(ct);
            return;
        }

        if (run.Cursor is null)
        {
            await PlanAsync(run, destination, target.Value, ct);
        }

        var connector = connectors.Single(c => c.Kind == destination.Kind);
        while (IsOpen(destination) && !run.CancelRequested
            && await batches.NextAsync(run, destination, connector, target.Value, ct))
        {
            if (progress is not null)
            {
                await progress.ReportAsync(run.Done, run.Total, ct);
            }

            // A person may have paused it, or asked to stop, meanwhile.
            await db.Entry(destination).ReloadAsync(ct);
            await db.Entry(run).ReloadAsync(ct);
        }

        await EndAsync(run, destination, ct);
    }

    private async Task PlanAsync(Run run, Destination destination, SegmentTarget target, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var figures = await plan.WriteAsync(destination, target, run.Id, ct);
        run.Count(new Dictionary<string, long> { ["filtered"] = figures.Filtered, ["unchanged"] = figures.Unchanged });
        run.Advance(0, figures.ToSend, Planned);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    // The balance is read from what is there, so it is exact whatever happened on the way.
    private async Task EndAsync(Run run, Destination destination, CancellationToken ct)
    {
        var byStatus = await db.Outbox.Where(o => o.RunId == run.Id).GroupBy(o => o.Status)
            .Select(g => new { g.Key, Count = g.LongCount() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var (delivered, waiting, rejected) = (
            byStatus.GetValueOrDefault(OutboxStatus.Sent), byStatus.GetValueOrDefault(OutboxStatus.Waiting), byStatus.GetValueOrDefault(OutboxStatus.Dead));
        var (filtered, unchanged, toSend) = (run.Counters["filtered"], run.Counters["unchanged"], delivered + waiting + rejected);
        run.Count(new Dictionary<string, long>
        {
            ["entered"] = filtered + unchanged + toSend,
            ["filtered"] = filtered,
            ["unchanged"] = unchanged,
            ["to_send"] = toSend,
            ["delivered"] = delivered,
            ["waiting"] = waiting,
            ["rejected"] = rejected,
        });
        var now = clock.GetUtcNow();
        if (run.CancelRequested)
        {
            run.Cancel(now);
        }
        else
        {
            run.Succeed(now);
        }

        await db.SaveChangesAsync(ct);
        await db.Entry(destination).ReloadAsync(ct);
        destination.LastRunAt = now;
        if (destination.State is not (DestinationState.Paused or DestinationState.CredentialsNeeded))
        {
            destination.State = waiting > 0 ? destination.Failures > 0 ? DestinationState.Degraded : DestinationState.Waiting : DestinationState.Healthy;
            destination.StateReason = waiting > 0 ? destination.StateReason : null;
        }

        await db.SaveChangesAsync(ct);
    }

    private bool IsOpen(Destination destination) =>
        destination.State is not (DestinationState.Paused or DestinationState.CredentialsNeeded)
        && !(destination.PausedUntil > clock.GetUtcNow());

    // One push at a time towards one destination; the lock goes with the connection if this process dies.
    private async Task<bool> LockAsync(Guid destination, CancellationToken ct) => await db.Database
        .SqlQuery<bool>($"select pg_try_advisory_lock(hashtextextended({destination.ToString()}, 7)) as \"Value\"").SingleAsync(ct);

    // Who holds the lock is alone: another push that says it runs was cut, and this one, planned later, takes its changes over.
    private async Task CloseCutAsync(Run run, CancellationToken ct) => await db.Runs
        .Where(r => r.Stage == "Activation" && r.Subject == run.Subject && r.Id != run.Id && r.Status == RunStatus.Running && r.QueuedAt <= run.QueuedAt)
        .ExecuteUpdateAsync(
            r => r.SetProperty(x => x.Status, RunStatus.Cancelled).SetProperty(x => x.Attempt, x => x.Attempt + 1).SetProperty(x => x.EndedAt, clock.GetUtcNow()), ct);
}
