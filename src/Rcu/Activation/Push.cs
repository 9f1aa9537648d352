using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Jobs;
using Rcu.Segmentation;

namespace Rcu.Activation;

/// <summary>
/// One push of a segment to a destination: plan once, then batch after batch, each sent outside any transaction and its outcomes
/// saved in one. A run that was cut goes on where it was; what was in flight is sent again under the same key.
/// </summary>
public sealed class Push(
    RcuDb db, PushPlan plan, PushBatch batches, PushOutcomes answers, IEnumerable<IDestinationConnector> connectors, TimeProvider clock)
{
    /// <summary>Where a run that is to try a few profiles begins.</summary>
    internal const string Trial = "trial";

    private const int Tried = 10;
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

        if (run.Cursor is null or Trial && !await PlanAsync(run, destination, target.Value, ct))
        {
            return; // a person must say so first
        }

        await SendAllAsync(run, destination, connectors.Single(c => c.Kind == destination.Kind), progress, ct);
        await EndAsync(run, destination, ct);
    }

    // While a batch is on its way, what became of the one before is saved: the tool does not wait for the database.
    private async Task SendAllAsync(Run run, Destination destination, IDestinationConnector connector, IStageProgress? progress, CancellationToken ct)
    {
        var segment = await db.Segments.AsNoTracking().SingleAsync(s => s.Id == destination.SegmentId, ct);
        var after = Guid.TryParse(run.Cursor, out var cursor) ? cursor : Guid.Empty;
        var pace = new PushPace(connector, clock);
        (PushClaim Claim, IReadOnlyList<Outcome> Outcomes)? last = null;
        while (IsOpen(destination) && !run.CancelRequested
            && await batches.ClaimAsync(run, destination, segment, after, pace.Next, ct) is { } claim)
        {
            var sending = pace.MeasureAsync(claim.Rows.Count, batches.SendAsync(connector, claim.Batch, ct));
            await using (new Ended(sending))
            {
                await SaveAsync(run, destination, last, progress, ct);
            }

            (last, after) = ((claim, await sending), claim.Last);
            answers.Judge(destination, last.Value.Outcomes);
        }

        await SaveAsync(run, destination, last, progress, ct);
    }

    private async Task SaveAsync(
        Run run, Destination destination, (PushClaim Claim, IReadOnlyList<Outcome> Outcomes)? told, IStageProgress? progress, CancellationToken ct)
    {
        if (told is not var (claim, outcomes))
        {
            return;
        }

        await answers.SaveAsync(run, claim, outcomes, ct);
        if (progress is not null)
        {
            await progress.ReportAsync(run.Done, run.Total, ct);
        }

        // A person may have paused it, or asked to stop, meanwhile.
        await db.Entry(destination).ReloadAsync(ct);
        await db.Entry(run).ReloadAsync(ct);
    }

    private async Task<bool> PlanAsync(Run run, Destination destination, SegmentTarget target, CancellationToken ct)
    {
        var isTrial = run.Cursor is Trial;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (figures, weight) = await plan.PlanAsync(destination, target, isTrial ? Tried : null, ct);
        var guarded = isTrial ? null : MassGuard.Stops(weight, destination.GuardPasses);
        if (guarded is not null)
        {
            (destination.State, destination.StateReason) = (DestinationState.Guarded, guarded);
            (destination.GuardRemovals, destination.GuardChanges) = (weight.Removals, weight.Changes);
            Balance(run, figures.Filtered, figures.Unchanged, delivered: 0, waiting: figures.ToSend, rejected: 0);
            run.Pause();
        }
        else
        {
            await plan.WriteAsync(destination, run.Id, isTrial, ct);
            (destination.GuardRemovals, destination.GuardChanges, destination.GuardPasses) = (null, null, 0);
            run.Count(new Dictionary<string, long> { ["filtered"] = figures.Filtered, ["unchanged"] = figures.Unchanged });
            run.Advance(0, figures.ToSend, Planned);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return guarded is null;
    }

    private static void Balance(Run run, long filtered, long unchanged, long delivered, long waiting, long rejected) => run.Count(new Dictionary<string, long>
    {
        ["entered"] = filtered + unchanged + delivered + waiting + rejected,
        ["filtered"] = filtered,
        ["unchanged"] = unchanged,
        ["to_send"] = delivered + waiting + rejected,
        ["delivered"] = delivered,
        ["waiting"] = waiting,
        ["rejected"] = rejected,
    });

    // The balance is read from what is there, so it is exact whatever happened on the way.
    private async Task EndAsync(Run run, Destination destination, CancellationToken ct)
    {
        var byStatus = await db.Outbox.Where(o => o.RunId == run.Id).GroupBy(o => o.Status)
            .Select(g => new { g.Key, Count = g.LongCount() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var (delivered, waiting, rejected) = (
            byStatus.GetValueOrDefault(OutboxStatus.Sent), byStatus.GetValueOrDefault(OutboxStatus.Waiting), byStatus.GetValueOrDefault(OutboxStatus.Dead));
        Balance(run, run.Counters["filtered"], run.Counters["unchanged"], delivered, waiting, rejected);
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
        if (!destination.IsStopped)
        {
            destination.State = waiting > 0 ? destination.Failures > 0 ? DestinationState.Degraded : DestinationState.Waiting : DestinationState.Healthy;
            destination.StateReason = waiting > 0 ? destination.StateReason : null;
        }

        await db.SaveChangesAsync(ct);
    }

    private bool IsOpen(Destination destination) =>
        !destination.IsStopped
        && !(destination.PausedUntil > clock.GetUtcNow());

    // One push at a time towards one destination; the lock goes with the connection if this process dies.
    private async Task<bool> LockAsync(Guid destination, CancellationToken ct) => await db.Database
        .SqlQuery<bool>($"select pg_try_advisory_lock(hashtextextended({destination.ToString()}, 7)) as \"Value\"").SingleAsync(ct);

    // Who holds the lock is alone: another push that says it runs was cut, or waits for a word that no longer counts:
    // this one, planned later, takes its changes over.
    private async Task CloseCutAsync(Run run, CancellationToken ct) => await db.Runs
        .Where(r => r.Stage == "Activation" && r.Subject == run.Subject && r.Id != run.Id && (r.Status == RunStatus.Running || r.Status == RunStatus.Paused) && r.QueuedAt <= run.QueuedAt)
        .ExecuteUpdateAsync(
            r => r.SetProperty(x => x.Status, RunStatus.Cancelled).SetProperty(x => x.Attempt, x => x.Attempt + 1).SetProperty(x => x.EndedAt, clock.GetUtcNow()), ct);

    // Nobody leaves while a batch is on its way.
    private sealed class Ended(Task sending) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
