using Npgsql;
using Rcu.Data;
using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>Keeps the review queue: adds the pairs a resolution is unsure of, closes those it is no longer, never touches a judgement.</summary>
internal sealed class MatchWriter(NpgsqlConnection connection, DateTimeOffset now)
{
    // A queue no team could empty helps nobody; the most likely pairs are kept.
    private const int Most = 50_000;

    public async Task WriteAsync(ClusterKind kind, KnownRecords records, MatchResult result, CancellationToken ct)
    {
        // The engine gives the heaviest first.
        var pairs = result.Pairs
            .Where(p => p.Band is not Band.Rejected && result.ClusterOf[p.Left] != result.ClusterOf[p.Right])
            .Take(Most)
            .ToList();
        await using (var create = new NpgsqlCommand("create temp table found_matches (like matches including defaults) on commit drop", connection))
        {
            await create.ExecuteNonQueryAsync(ct);
        }

        var name = kind.ToString();
        await CopyWriter.WriteAsync(
            connection,
            "found_matches (id, kind, left_record_id, right_record_id, probability, weight, rule, veto, sentence, evidence, judgement, found_at)",
            pairs.Count,
            (i, rows) => Write(rows, name, pairs[i], records, result.Explain(pairs[i].Left, pairs[i].Right)),
            ct);

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

    private void Write(CopyRows rows, string kind, ScoredPair pair, KnownRecords records, Explanation why)
    {
        var (left, right) = (records.Ids[pair.Left], records.Ids[pair.Right]);
        var swapped = left.CompareTo(right) > 0;
        rows.Begin(12);
        rows.Add(Guid.CreateVersion7(now));
        rows.Add(kind);
        rows.Add(swapped ? right : left);
        rows.Add(swapped ? left : right);
        rows.Add(why.Probability);
        rows.Add(why.Total);
        rows.Add(why.Rule);
        rows.Add(pair.Veto);
        rows.Add(why.Sentence);
        rows.AddJson(EvidenceText.Objects(why.Evidence, swapped));
        rows.Add(nameof(Judgement.Undecided));
        rows.AddInstant(now);
    }
}
