using Microsoft.EntityFrameworkCore;
using Rcu.Data;

namespace Rcu.Web.Hosting;

/// <summary>What the engine notes on a run that its job cannot note itself: it failed, it was cancelled while it waited, it kills workers.</summary>
internal sealed class RunLedger(RcuDb db, TimeProvider clock)
{
    private const int DeathsToPark = 3;

    /// <summary>False when the run must not start: a person cancelled or paused it, or it took three workers with it.</summary>
    /// <param name="afterDeath">The worker that had it died.</param>
    public async Task<bool> MayStartAsync(Guid runId, bool afterDeath, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (afterDeath)
        {
            await db.Database.ExecuteSqlAsync($"insert into quartz.worker_deaths (run_id, at) values ({runId}, {now})", ct);
            var deaths = await db.Database
                .SqlQuery<int>($"""select count(*)::int as "Value" from quartz.worker_deaths where run_id = {runId}""").SingleAsync(ct);
            if (deaths >= DeathsToPark)
            {
                await db.Database.ExecuteSqlAsync(
                    $"""
                    update runs set status = 'Failed', failure = 'run.parked', attempt = attempt + 1, ended_at = {now}
                    where id = {runId} and status in ('Queued', 'Running')
                    """,
                    ct);
                return false;
            }
        }

        var stopped = await db.Database.ExecuteSqlAsync(
            $"""
            update runs set status = 'Cancelled', attempt = attempt + 1, ended_at = {now}
            where id = {runId} and cancel_requested and status in ('Queued', 'Running')
            """,
            ct);
        stopped += await db.Database.ExecuteSqlAsync(
            $"""
            update runs set status = 'Paused', pause_requested = false, attempt = attempt + case when status = 'Paused' then 0 else 1 end
            where id = {runId} and (pause_requested and status in ('Queued', 'Running') or status = 'Paused')
            """,
            ct);
        return stopped == 0;
    }

    public async Task FailedAsync(Guid runId, string why, bool last, CancellationToken ct) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            update runs set
              status = case when {last} then 'Failed' else 'Queued' end,
              ended_at = case when {last} then {clock.GetUtcNow()} end,
              failure = {why}
            where id = {runId} and status in ('Queued', 'Running')
            """,
            ct);

    /// <summary>A person asked for the run again: what it did to workers before no longer counts.</summary>
    public async Task ForgetDeathsAsync(Guid runId, CancellationToken ct) =>
        await db.Database.ExecuteSqlAsync($"delete from quartz.worker_deaths where run_id = {runId}", ct);
}
