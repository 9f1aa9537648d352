using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Reference.Register;
using Rcu.Security;

namespace Rcu.Exploration;

/// <summary>
/// Finds accounts by the name of a company they took over: what Insee publishes of establishments that succeed each other, where the
/// activity went on. The whole name is asked for, or its first words.
/// </summary>
internal sealed class TakenOver(RcuDb db)
{
    // Companies of one name whose successors are looked for: a name that more bear tells nothing.
    private const int MostNamesakes = 200;

    /// <summary>The latest taking over first.</summary>
    public async Task<IReadOnlyList<SearchHit>> FindAsync(AccountScope scope, string typed, int shown, CancellationToken ct)
    {
        if (RegisterNames.KeyOf(typed) is not { Length: > 2 } key)
        {
            return [];
        }

        var beyond = $"{key}!"; // what follows « key » and « key … » in the order of bytes
        var rows = await db.Database.SqlQuery<Taking>(
            $"""
            select a.id as "AccountId", u.name as "Name", max(s.happened_on) as "On"
            from (
              select siren, name from register.legal_units
              where name_key >= {key} and name_key < {beyond} order by name_key, siren limit {MostNamesakes}) u
            join register.successions s on s.predecessor between u.siren || '00000' and u.siren || '99999' and s.continued
            join accounts a on a.siren = left(s.successor, 9) and a.siren <> u.siren
            group by a.id, u.name
            order by max(s.happened_on) desc, a.id limit {4 * shown}
            """).ToListAsync(ct);
        if (rows.Count == 0)
        {
            return [];
        }

        var ids = rows.Select(row => row.AccountId).ToList();
        var accounts = await Search.Accounts(scope.Accounts(db).Where(a => ids.Contains(a.Id)), "taken_over", ids.Count).ToDictionaryAsync(a => a.Id, ct);
        return
        [
            .. rows.DistinctBy(row => row.AccountId).Where(row => accounts.ContainsKey(row.AccountId)).Take(shown)
                .Select(row => accounts[row.AccountId] with { TookOver = row.Name }),
        ];
    }

    private sealed record Taking(Guid AccountId, string Name, DateOnly On);
}
