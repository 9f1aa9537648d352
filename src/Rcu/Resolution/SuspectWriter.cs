using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Rcu.Resolution;

/// <summary>
/// Keeps the golden rows a person should look at: adds those a resolution found, closes those that are doubtful no longer.
/// What a person found to be well is not asked again as long as it holds the same records.
/// </summary>
internal sealed class SuspectWriter(NpgsqlConnection connection, DateTimeOffset now)
{
    /// <param name="resolution">The id of the resolution that found them.</param>
    public async Task WriteAsync(ClusterKind kind, Resolved resolved, ClusterPlan plan, Guid resolution, CancellationToken ct)
    {
        await using var write = new NpgsqlCommand(
            $"""
            with found as (
              select * from jsonb_to_recordset($2) as f
                (id uuid, cluster uuid, records uuid[], doubt text, fit double precision, l uuid, r uuid, parted uuid[], sentence text)),
            closed as (
              update suspects s set closed_at = $3
              where s.kind = $1 and s.closed_at is null and not exists (select from found f where f.cluster = s.cluster_id)
                {(resolved.IsFull ? "" : "and s.record_ids && (select array_agg(record_id) from touched_records where kind = $1)")})
            insert into suspects as s
              (id, kind, cluster_id, record_ids, doubt, fit, left_record_id, right_record_id, parted_record_ids, sentence, resolution_id, judgement, found_at)
            select id, $1, cluster, records, doubt, fit, l, r, parted, sentence, $4, 'Undecided', $3 from found f
            where not exists (
              select from suspects k
              where k.kind = $1 and k.cluster_id = f.cluster and k.judgement = 'Same' and k.doubt = f.doubt and k.record_ids = f.records)
            on conflict (kind, cluster_id) where closed_at is null
            do update set record_ids = excluded.record_ids, doubt = excluded.doubt, fit = excluded.fit,
              left_record_id = excluded.left_record_id, right_record_id = excluded.right_record_id,
              parted_record_ids = excluded.parted_record_ids, sentence = excluded.sentence, resolution_id = excluded.resolution_id
            """,
            connection)
        {
            Parameters =
            {
                new() { Value = kind.ToString() },
                new() { Value = JsonSerializer.Serialize(Found(resolved, plan)), NpgsqlDbType = NpgsqlDbType.Jsonb },
                new() { Value = now },
                new() { Value = resolution },
            },
        };
        await write.ExecuteNonQueryAsync(ct);
    }

    // Of two groups that are kept together, the more doubtful one speaks.
    private IEnumerable<object> Found(Resolved resolved, ClusterPlan plan)
    {
        var ids = resolved.Records.Ids;
        return resolved.Suspects.DistinctBy(suspect => plan.IdAt(suspect.Records[0])).Select(suspect => new
        {
            id = Guid.CreateVersion7(now),
            cluster = plan.IdAt(suspect.Records[0]),
            records = Sorted(suspect.Records),
            doubt = suspect.Doubt,
            fit = suspect.Fit,
            l = suspect.Bridge is { } bridge ? ids[bridge.Left] : (Guid?)null,
            r = suspect.Bridge is { } same ? ids[same.Right] : (Guid?)null,
            parted = Sorted(suspect.Bridge?.Parted ?? []),
            sentence = suspect.Bridge is { } pair ? resolved.Explain(pair.Left, pair.Right).Sentence : null,
        });

        IEnumerable<Guid> Sorted(IReadOnlyList<int> places) => places.Select(place => ids[place]).Order();
    }
}
