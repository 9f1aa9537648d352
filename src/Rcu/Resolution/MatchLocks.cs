using Microsoft.EntityFrameworkCore;
using Rcu.Data;

namespace Rcu.Resolution;

/// <summary>Who looks at which pair, so that two stewards do not do the same work. It warns, and never forbids to judge.</summary>
public sealed class MatchLocks(RcuDb db, TimeProvider clock)
{
    private static readonly TimeSpan Held = TimeSpan.FromMinutes(10);

    /// <summary>Takes a pair, and leaves the one looked at before.</summary>
    /// <returns>The other steward who has it open; null when it is now the caller's.</returns>
    public async Task<MatchLock?> TakeAsync(Guid matchId, string who, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        // A crash may lose who looked at what: the page does not wait for the disk.
        var taken = await db.Database.SqlQuery<bool>(
            $"""
            with unwaited as (select set_config('synchronous_commit', 'off', true)),
            behind as (delete from match_locks where match_id <> {matchId} and (until <= {now} or who = {who})),
            taken as (
              insert into match_locks (match_id, who, until) values ({matchId}, {who}, {now + Held})
              on conflict (match_id) do update set who = excluded.who, until = excluded.until
              where match_locks.who = excluded.who or match_locks.until <= {now}
              returning match_id)
            select exists (select from taken) as "Value" from unwaited
            """).ToListAsync(ct);
        return taken[0] ? null : await db.Set<MatchLock>().AsNoTracking().SingleOrDefaultAsync(l => l.MatchId == matchId && l.Who != who, ct);
    }

    public Task ReleaseAsync(Guid matchId, string who, CancellationToken ct) =>
        db.Set<MatchLock>().Where(l => l.MatchId == matchId && l.Who == who).ExecuteDeleteAsync(ct);

    /// <summary>Who looks at each of these pairs now.</summary>
    public Task<Dictionary<Guid, string>> HoldersAsync(IReadOnlyCollection<Guid> matches, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.Set<MatchLock>().AsNoTracking().Where(l => matches.Contains(l.MatchId) && l.Until > now).ToDictionaryAsync(l => l.MatchId, l => l.Who, ct);
    }
}
