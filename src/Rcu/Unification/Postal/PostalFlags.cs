using Microsoft.EntityFrameworkCore;
using Rcu.Customers.Postal;
using Rcu.Data;

namespace Rcu.Unification.Postal;

/// <summary>
/// Keeps which accounts have an address that a letter came back from. An account that has another address since, and a file of returns
/// that was taken back, lift the flag; the address coming back puts it back.
/// </summary>
internal sealed class PostalFlags(RcuDb db)
{
    private const int Slice = 5_000;

    public async Task RefreshAsync(CancellationToken ct)
    {
        var returned = (await db.Set<PostalReturn>().AsNoTracking()
            .Where(r => db.Set<PostalReturnBatch>().Any(b => b.Id == r.BatchId && b.UndoneAt == null))
            .Select(r => new Returned(
                db.Redirects.Where(d => d.RetiredId == r.AccountId).Select(d => (Guid?)d.SurvivorId).FirstOrDefault() ?? r.AccountId, r.Address, r.Reason, r.ReturnedOn))
            .ToListAsync(ct)).ToLookup(r => r.Account);
        var flags = new List<Returned>();
        foreach (var ids in returned.Select(r => r.Key).Chunk(Slice))
        {
            var wanted = ids.ToList();
            foreach (var account in await db.Accounts.AsNoTracking().Where(a => wanted.Contains(a.Id)).ToListAsync(ct))
            {
                var key = PostalReturns.KeyOf(PostalLines.Of(account));
                flags.AddRange(returned[account.Id].Where(r => key.Length > 0 && r.Address == key).OrderByDescending(r => r.On).Take(1));
            }
        }

        var (accounts, reasons) = (flags.ConvertAll(f => f.Account), flags.ConvertAll(f => f.Reason));
        var dates = flags.ConvertAll(f => f.On);
        await db.Database.ExecuteSqlAsync($"delete from postal_flags where account_id <> all({accounts})", ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into postal_flags as known (account_id, reason, returned_on)
            select * from unnest({accounts}, {reasons}, {dates}::date[]) said (account_id, reason, returned_on)
            on conflict (account_id) do update set reason = excluded.reason, returned_on = excluded.returned_on
            where (known.reason, known.returned_on) is distinct from (excluded.reason, excluded.returned_on)
            """,
            ct);
    }

    private sealed record Returned(Guid Account, string Address, string Reason, DateOnly? On);
}
