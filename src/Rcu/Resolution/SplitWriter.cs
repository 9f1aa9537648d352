using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Rcu.Resolution;

/// <summary>Keeps the questions « part them? »: adds those a resolution found, closes those that ask themselves no longer.</summary>
internal sealed class SplitWriter(NpgsqlConnection connection, DateTimeOffset now)
{
    public async Task WriteAsync(ClusterKind kind, IReadOnlyList<HeldSplit> held, bool isFull, CancellationToken ct)
    {
        await using var write = new NpgsqlCommand(
            """
            with held as (
              select * from jsonb_to_recordset($2) as h (id uuid, cluster uuid, kept uuid[], parted uuid[], reason text)),
            closed as (
              update splits s set closed_at = $3
              where s.kind = $1 and s.closed_at is null and ($4 or s.cluster_id in (
                  select l.cluster_id from links l where l.kind = $1 and l.record_id = any(s.kept_record_ids || s.parted_record_ids) and l.linked_at = $3))
                and not exists (
                select from held h where h.cluster = s.cluster_id and h.parted[1] = s.parted_record_ids[1]))
            insert into splits (id, kind, cluster_id, kept_record_ids, parted_record_ids, reason, judgement, found_at)
            select id, $1, cluster, kept, parted, reason, 'Undecided', $3 from held
            on conflict (kind, cluster_id, (parted_record_ids[1])) where closed_at is null
            do update set kept_record_ids = excluded.kept_record_ids, parted_record_ids = excluded.parted_record_ids
            """,
            connection)
        {
            Parameters =
            {
                new() { Value = kind.ToString() },
                new()
                {
                    Value = JsonSerializer.Serialize(held.Select(h => new
                    {
                        id = Guid.CreateVersion7(now),
                        cluster = h.Cluster,
                        kept = h.Kept,
                        parted = h.Parted,
                        reason = h.Reason,
                    })),
                    NpgsqlDbType = NpgsqlDbType.Jsonb,
                },
                new() { Value = now },
                new() { Value = isFull },
            },
        };
        await write.ExecuteNonQueryAsync(ct);
    }
}
