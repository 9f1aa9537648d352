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
        await db.Set<MatchLock>().Where(l => l.Until <= now || (l.Who == who && l.MatchId != matchId)).ExecuteDeleteAsync(ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into match_locks (match_id, who, until) values ({matchId}, {who}, {now + Held})
            on conflict (match_id) do update set until = excluded.until where match_locks.who = excluded.who
            """,
            ct);
        return await db.Set<MatchLock>().AsNoTracking().SingleOrDefaultAsync(l => l.MatchId == matchId && l.Who != who, ct);
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
