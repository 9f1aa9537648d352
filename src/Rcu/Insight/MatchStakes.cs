using Npgsql;

namespace Rcu.Insight;

/// <summary>What hangs on each pair that waits for a steward: the turnover and the open deals of the accounts it speaks of, in euros.</summary>
internal sealed class MatchStakes(NpgsqlDataSource database)
{
    public async Task RunAsync(CancellationToken ct)
    {
        await using var weigh = database.CreateCommand(
            """
            update matches m set stake = worth.euros
            from (
              select w.id, greatest(coalesce(sum(k.revenue12m + k.open_amount), 0), 0)::double precision as euros
              from matches w
              left join lateral (
                select distinct l.cluster_id from links l where l.record_id in (w.left_record_id, w.right_record_id) and l.kind = 'Account') a on true
              left join account_metrics k on k.account_id = a.cluster_id
              where w.judgement in ('Undecided', 'Unsure') and w.closed_at is null
              group by w.id) worth
            where m.id = worth.id and m.stake <> worth.euros
            """);
        weigh.CommandTimeout = 0;
        await weigh.ExecuteNonQueryAsync(ct);
    }
}
