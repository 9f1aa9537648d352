using Microsoft.EntityFrameworkCore;
using Rcu.Data;

namespace Rcu.Jobs;

/// <summary>The hub's own runs, the latest first, and what a person can do about one.</summary>
public sealed class RunHistory(RcuDb db, TimeProvider clock)
{
    public const int PageSize = 50;

    /// <param name="before">The last run of the page before.</param>
    public async Task<IReadOnlyList<Run>> PageAsync(Guid? before, CancellationToken ct)
    {
        var runs = db.Runs.AsNoTracking();
        runs = before is { } last ? runs.Where(r => r.Id.CompareTo(last) < 0) : runs;
        return await runs.OrderByDescending(r => r.Id).Take(PageSize).ToListAsync(ct);
    }

    public Task<Run?> FindAsync(Guid id, CancellationToken ct) => db.Runs.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct);

    /// <summary>Asks a run to stop: at once when it waits, after its current batch when it works.</summary>
    public async Task<Result<Run>> CancelAsync(Guid id, CancellationToken ct)
    {
        var changed = await db.Database.ExecuteSqlAsync(
            $"""
            update runs set
              cancel_requested = true,
              attempt = attempt + case when status in ('Queued', 'Paused') then 1 else 0 end,
              ended_at = case when status in ('Queued', 'Paused') then {clock.GetUtcNow()} else ended_at end,
              status = case when status in ('Queued', 'Paused') then 'Cancelled' else status end
            where id = {id} and status in ('Queued', 'Running', 'Paused')
            """,
            ct);
        return await FoundAsync(id, changed, ct);
    }

    /// <summary>Puts a run that failed or was cancelled back in the queue: it goes on from where it stopped.</summary>
    public async Task<Result<Run>> RequeueAsync(Guid id, CancellationToken ct)
    {
        var changed = await db.Database.ExecuteSqlAsync(
            $"""
            update runs set status = 'Queued', cancel_requested = false, pause_requested = false, failure = null, ended_at = null
            where id = {id} and status in ('Failed', 'Cancelled') and undone_at is null
            """,
            ct);
        return await FoundAsync(id, changed, ct);
    }

    private async Task<Result<Run>> FoundAsync(Guid id, int changed, CancellationToken ct) => await FindAsync(id, ct) switch
    {
        null => JobErrors.RunNotFound,
        { } run when changed == 0 => JobErrors.WrongStatus,
        { } run => run,
    };
}
