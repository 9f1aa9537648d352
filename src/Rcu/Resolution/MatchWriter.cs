using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>Keeps the review queue: adds the pairs a resolution is unsure of, closes those it is no longer, never touches a judgement.</summary>
internal sealed class MatchWriter(NpgsqlConnection connection, DateTimeOffset now)
{
    // A queue no team could empty helps nobody; the most likely pairs are kept.
    private const int Most = 50_000;

    public async Task WriteAsync(ClusterKind kind, RecordSet records, MatchResult result, CancellationToken ct)
    {
        var pairs = result.Pairs
            .Where(p => p.Band is not Band.Rejected && result.ClusterOf[p.Left] != result.ClusterOf[p.Right])
            .OrderByDescending(p => p.Weight).ThenBy(p => records.KeyOf(p.Left), StringComparer.Ordinal)
            .Take(Most)
            .ToList();
        await using (var create = new NpgsqlCommand("create temp table found_matches (like matches including defaults) on commit drop", connection))
        {
            await create.ExecuteNonQueryAsync(ct);
        }

        await using (var copy = await connection.BeginBinaryImportAsync(
            """
            copy found_matches (id, kind, left_record_id, right_record_id, probability, weight, rule, veto, sentence, evidence, judgement, found_at)
            from stdin (format binary)
            """,
            ct))
        {
            foreach (var pair in pairs)
            {
                await WriteAsync(copy, kind, pair, records, result, ct);
            }

            await copy.CompleteAsync(ct);
        }

        await using var merge = new NpgsqlCommand(
            """
            insert into matches as m
              (id, kind, left_record_id, right_record_id, probability, weight, rule, veto, sentence, evidence, judgement, found_at)
            select id, kind, left_record_id, right_record_id, probability, weight, rule, veto, sentence, evidence, judgement, found_at
            from found_matches
            on conflict (kind, left_record_id, right_record_id) do update
            set probability = excluded.probability, weight = excluded.weight, rule = excluded.rule, veto = excluded.veto,
                sentence = excluded.sentence, evidence = excluded.evidence, closed_at = null
            where m.weight <> excluded.weight or m.veto is distinct from excluded.veto or m.closed_at is not null
              or m.sentence <> excluded.sentence;
            """,
            connection);
        await merge.ExecuteNonQueryAsync(ct);

        await using var close = new NpgsqlCommand(
            """
            update matches m set closed_at = $2
            where m.kind = $1 and m.closed_at is null and m.judgement = 'Undecided'
              and not exists (
                select from found_matches f
                where f.left_record_id = m.left_record_id and f.right_record_id = m.right_record_id)
            """,
            connection)
        { Parameters = { new() { Value = kind.ToString() }, new() { Value = now } } };
        await close.ExecuteNonQueryAsync(ct);

        await using var drop = new NpgsqlCommand("drop table found_matches", connection);
        await drop.ExecuteNonQueryAsync(ct);
    }

    private async Task WriteAsync(
        NpgsqlBinaryImporter copy, ClusterKind kind, ScoredPair pair, RecordSet records, MatchResult result, CancellationToken ct)
    {
        var why = result.Explain(pair.Left, pair.Right);
        var (left, right) = (Guid.Parse(records.KeyOf(pair.Left)), Guid.Parse(records.KeyOf(pair.Right)));
        var swap = left.CompareTo(right) > 0;
        var evidence = swap ? why.Evidence.Select(e => e with { Left = e.Right, Right = e.Left }) : why.Evidence;
        await copy.StartRowAsync(ct);
        await copy.WriteAsync(Guid.CreateVersion7(now), NpgsqlDbType.Uuid, ct);
        await copy.WriteAsync(kind.ToString(), NpgsqlDbType.Text, ct);
        await copy.WriteAsync(swap ? right : left, NpgsqlDbType.Uuid, ct);
        await copy.WriteAsync(swap ? left : right, NpgsqlDbType.Uuid, ct);
        await copy.WriteAsync(why.Probability, NpgsqlDbType.Double, ct);
        await copy.WriteAsync(why.Total, NpgsqlDbType.Double, ct);
        await copy.WriteAsync(why.Rule, NpgsqlDbType.Text, ct);
        if (pair.Veto is null)
        {
            await copy.WriteNullAsync(ct);
        }
        else
        {
            await copy.WriteAsync(pair.Veto, NpgsqlDbType.Text, ct);
        }

        await copy.WriteAsync(why.Sentence, NpgsqlDbType.Text, ct);
        await copy.WriteAsync(JsonSerializer.Serialize(evidence, JsonSerializerOptions.Web), NpgsqlDbType.Jsonb, ct);
        await copy.WriteAsync(nameof(Judgement.Undecided), NpgsqlDbType.Text, ct);
        await copy.WriteAsync(now, NpgsqlDbType.TimestampTz, ct);
    }
}
