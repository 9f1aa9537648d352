using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Security;

namespace Rcu.Exploration.Desk;

/// <summary>Who follows which account, and when each last looked at it.</summary>
public sealed class Following(RcuDb db, TimeProvider clock)
{
    // Coming back within it, one is still on the same visit.
    private static readonly TimeSpan Visit = TimeSpan.FromMinutes(30);

    /// <summary>Notes that somebody looks at an account, and tells since when what changed is news to them.</summary>
    public async Task<AccountVisit> OpenAsync(Guid accountId, string person, CancellationToken ct)
    {
        var (who, now) = (Name(person), clock.GetUtcNow());
        var before = now - Visit;
        // A crash may lose the last visit of a moment: the page does not wait for the disk.
        var rows = await db.Database.SqlQuery<AccountVisit>(
            $"""
            with unwaited as (select set_config('synchronous_commit', 'off', true)),
            seen as (
              insert into account_visits as v (visitor, account_id, at) values ({who}, {accountId}, {now})
              on conflict (visitor, account_id) do update
              set before_at = case when v.at < {before} then v.at else v.before_at end, at = excluded.at
              returning before_at)
            select (select before_at from seen) as "Since", exists (
              select from account_follows f where f.follower = {who} and (f.account_id = {accountId} or f.account_id in (
                select retired_id from redirects where survivor_id = {accountId} and kind = 'Account'))) as "Followed",
              array(select v.code || '|' || v.said from notable_views v where v.person = {who} and v.account_id = {accountId}) as "Seen"
            from unwaited
            """).ToListAsync(ct);
        return rows[0];
    }

    public async Task<Result<IReadOnlyList<string>>> FollowersAsync(AccountScope scope, Guid accountId, CancellationToken ct)
    {
        if (!await scope.Accounts(db).AnyAsync(a => a.Id == accountId, ct))
        {
            return ExplorationErrors.AccountNotFound;
        }

        var ids = AccountIds.Of(db, accountId);
        return await db.Set<Follow>().Where(f => ids.Contains(f.AccountId)).Select(f => f.Follower).Distinct().OrderBy(f => f).ToListAsync(ct);
    }

    public async Task<Result<bool>> SetAsync(AccountScope scope, Guid accountId, string person, bool follows, CancellationToken ct)
    {
        var who = Name(person);
        if (!await scope.Accounts(db).AnyAsync(a => a.Id == accountId, ct))
        {
            return ExplorationErrors.AccountNotFound;
        }

        if (follows)
        {
            var now = clock.GetUtcNow();
            await db.Database.ExecuteSqlAsync(
                $"insert into account_follows (follower, account_id, since) values ({who}, {accountId}, {now}) on conflict do nothing", ct);
        }
        else
        {
            var ids = AccountIds.Of(db, accountId);
            await db.Set<Follow>().Where(f => f.Follower == who && ids.Contains(f.AccountId)).ExecuteDeleteAsync(ct);
        }

        return follows;
    }

    private static string Name(string person) => person.Trim().ToLowerInvariant();
}

/// <summary>Somebody looking at an account.</summary>
/// <param name="Since">The end of their visit before; null when they never came.</param>
/// <param name="Seen">What they do not want to be told again of it: a code, and what it said.</param>
public sealed record AccountVisit(DateTimeOffset? Since, bool Followed, string[] Seen)
{
    public bool Hides(Notable notable) => Seen.Contains($"{notable.Code}|{notable.Said}");
}
