using Npgsql;
using Rcu.Data;

namespace Rcu.Resolution;

/// <summary>Keeps every retired golden id answering, in one hop, through the one that took its records.</summary>
internal sealed class RedirectWriter(NpgsqlConnection connection, DateTimeOffset now)
{
    public async Task WriteAsync(ClusterKind kind, ClusterPlan plan, CancellationToken ct)
    {
        if (plan.Revived.Count > 0)
        {
            await using var revive = new NpgsqlCommand(
                """
                with revived as (delete from redirects where retired_id = any($1) returning retired_id, kind, survivor_id)
                insert into changes (kind, subject_id, change, other_id) select kind, retired_id, 'Unmerged', survivor_id from revived
                """,
                connection)
            {
                Parameters = { new() { Value = plan.Revived.ToArray() } },
            };
            await revive.ExecuteNonQueryAsync(ct);
        }

        if (plan.Retired.Count > 0)
        {
            await RetireAsync(kind, plan, ct);
        }

        await FollowAsync(kind, ct);
    }

    // An id that was retired before goes with its records, when those that took them in part again.
    private async Task FollowAsync(ClusterKind kind, CancellationToken ct)
    {
        await using var follow = new NpgsqlCommand(
            """
            with followed as (
            update redirects r set survivor_id = n.cluster_id
            from (
              select t.retired_id, mode() within group (order by l.cluster_id) as cluster_id
              from redirects t
              join stale_clusters s on s.kind = t.kind and s.cluster_id = t.survivor_id
              cross join unnest(t.record_ids) record
              join links l on l.record_id = record and l.kind = t.kind
              where t.kind = $1
              group by t.retired_id) n
            where r.retired_id = n.retired_id and n.cluster_id not in (r.survivor_id, r.retired_id)
            returning r.retired_id, r.survivor_id)
            insert into changes (kind, subject_id, change, other_id) select $1, retired_id, 'Redirected', survivor_id from followed
            """,
            connection)
        {
            Parameters = { new() { Value = kind.ToString() } },
        };
        await follow.ExecuteNonQueryAsync(ct);
    }

    private async Task RetireAsync(ClusterKind kind, ClusterPlan plan, CancellationToken ct)
    {
        await using (var create = new NpgsqlCommand(
            "create temp table retired_records (retired_id uuid, survivor_id uuid, record_id uuid) on commit drop", connection))
        {
            await create.ExecuteNonQueryAsync(ct);
        }

        await CopyWriter.WriteAsync(connection, "retired_records (retired_id, survivor_id, record_id)", plan.Retired.Count, (i, rows) =>
        {
            var (retired, survivor, records) = plan.Retired[i];
            foreach (var record in records)
            {
                rows.Begin(3);
                rows.Add(retired);
                rows.Add(survivor);
                rows.Add(record);
            }
        }, ct);

        // What pointed at a retired id points at its survivor.
        await using var write = new NpgsqlCommand(
            """
            with retired as (select retired_id, survivor_id, array_agg(record_id order by record_id) as record_ids from retired_records group by 1, 2),
            moved as (
              update redirects r set survivor_id = t.survivor_id from retired t
              where r.survivor_id = t.retired_id and not exists (select from retired again where again.retired_id = r.retired_id)
              returning r.retired_id, r.survivor_id),
            told as (
              insert into changes (kind, subject_id, change, other_id)
              select $1, retired_id, 'Merged', survivor_id from retired union all select $1, retired_id, 'Redirected', survivor_id from moved)
            insert into redirects (retired_id, kind, survivor_id, record_ids, retired_at)
            select retired_id, $1, survivor_id, record_ids, $2 from retired
            on conflict (retired_id) do update set survivor_id = excluded.survivor_id, record_ids = excluded.record_ids
            """,
            connection)
        {
            Parameters = { new() { Value = kind.ToString() }, new() { Value = now } },
        };
        await write.ExecuteNonQueryAsync(ct);
        await using var drop = new NpgsqlCommand("drop table retired_records", connection);
        await drop.ExecuteNonQueryAsync(ct);
    }
}
