using System.Numerics;
using System.Runtime.InteropServices;
using Npgsql;
using Rcu.Data;
using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>Keeps the review queue: adds the pairs a resolution is unsure of and a few it is sure of, closes those it is no longer, never touches a judgement.</summary>
internal sealed class MatchWriter(NpgsqlConnection connection, DateTimeOffset now)
{
    // A queue no team could empty helps nobody; the most likely pairs are kept.
    private const int Most = 50_000;

    // Of what the hub joined by itself, enough to know its precision to a point or so.
    private const int Drawn = 400;

    private const string Columns =
        "id, kind, left_record_id, right_record_id, probability, weight, rule, veto, sentence, evidence, judgement, found_at, band";

    private const string CloseAll =
        """
        update matches m set closed_at = $2
        where m.kind = $1 and m.closed_at is null and m.judgement = 'Undecided'
          and not exists (
            select from found_matches f where f.left_record_id = m.left_record_id and f.right_record_id = m.right_record_id)
        """;

    // Pairs of what changed that were not found again, and pairs that are one by now.
    private const string CloseTouched =
        """
        update matches m set closed_at = $2
        where m.kind = $1 and m.closed_at is null and m.judgement = 'Undecided'
          and (m.left_record_id in (select record_id from touched_records where kind = $1)
            or m.right_record_id in (select record_id from touched_records where kind = $1))
          and not exists (
            select from found_matches f where f.left_record_id = m.left_record_id and f.right_record_id = m.right_record_id)
          and (m.left_record_id in (select record_id from touched_records where kind = $1 and changed)
            or m.right_record_id in (select record_id from touched_records where kind = $1 and changed)
            or (m.band = 'Review' and exists (
              select from links l join links r on r.cluster_id = l.cluster_id and r.kind = l.kind
              where l.kind = $1 and l.record_id = m.left_record_id and r.record_id = m.right_record_id)))
        """;

    /// <returns>How many pairs there are in each band.</returns>
    public async Task<PairCounts> WriteAsync(ClusterKind kind, Resolved result, ClusterPlan plan, CancellationToken ct)
    {
        var records = result.Records;
        var drawn = new PriorityQueue<ScoredPair, ulong>();
        var (pairs, counts) = (new List<ScoredPair>(), new PairCounts());
        foreach (var pair in result.Pairs)
        {
            var apart = plan.IdAt(pair.Left) != plan.IdAt(pair.Right);
            counts.Add(pair);
            if (apart && pair.Band is not Band.Rejected && pairs.Count < Most)
            {
                pairs.Add(pair); // the engine gives the heaviest first
            }
            else if (result.IsFull && PairCounts.IsAutomatic(pair))
            {
                Draw(drawn, pair, Order(records, pair));
            }
        }

        pairs.AddRange(drawn.UnorderedItems.OrderBy(item => item.Priority).Select(item => item.Element));
        var name = kind.ToString();

        // The first ones have nothing to be compared with.
        var isFirst = !await AnyAsync(name, ct);
        if (!isFirst)
        {
            await ExecuteAsync("create temp table found_matches (like matches including defaults including generated) on commit drop", ct);
        }

        await CopyWriter.WriteAsync(
            connection,
            $"{(isFirst ? "matches" : "found_matches")} ({Columns})",
            pairs.Count,
            (i, rows) => Write(rows, name, pairs[i], records, result.Explain(pairs[i])),
            ct);
        if (!isFirst)
        {
            await MergeAsync(name, result.IsFull, ct);
        }

        return counts;
    }

    private async Task MergeAsync(string kind, bool isFull, CancellationToken ct)
    {
        // Without them the planner, which knows nothing of a table just filled, compares each pair with each.
        await ExecuteAsync("create unique index on found_matches (left_record_id, right_record_id); analyze found_matches", ct);
        await ExecuteAsync(
            $"""
            insert into matches as m ({Columns}) select {Columns} from found_matches
            on conflict (kind, left_record_id, right_record_id) do update
            set probability = excluded.probability, weight = excluded.weight, rule = excluded.rule, veto = excluded.veto,
                sentence = excluded.sentence, evidence = excluded.evidence, closed_at = null,
                band = case when m.judgement = 'Undecided' then excluded.band else m.band end
            where m.weight <> excluded.weight or m.veto is distinct from excluded.veto or m.closed_at is not null
              or m.sentence <> excluded.sentence or m.band <> excluded.band
            """,
            ct);
        await using (var close = new NpgsqlCommand(isFull ? CloseAll : CloseTouched, connection) { Parameters = { new() { Value = kind }, new() { Value = now } } })
        {
            await close.ExecuteNonQueryAsync(ct);
        }

        await ExecuteAsync("drop table found_matches", ct);
    }

    private async Task<bool> AnyAsync(string kind, CancellationToken ct)
    {
        await using var any = new NpgsqlCommand("select exists (select from matches where kind = $1)", connection) { Parameters = { new() { Value = kind } } };
        return (bool)(await any.ExecuteScalarAsync(ct))!;
    }

    private async Task ExecuteAsync(string sql, CancellationToken ct)
    {
#pragma warning disable CA2100 // constant text of this class
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(ct);
    }

    // The pairs that come first by an order without meaning: the same ones each time, as long as they are joined.
    private static void Draw(PriorityQueue<ScoredPair, ulong> drawn, ScoredPair pair, ulong order)
    {
        if (drawn.Count < Drawn)
        {
            drawn.Enqueue(pair, ulong.MaxValue - order);
        }
        else
        {
            drawn.EnqueueDequeue(pair, ulong.MaxValue - order);
        }
    }

    private static ulong Order(KnownRecords records, ScoredPair pair)
    {
        var (left, right) = (records.Ids[pair.Left], records.Ids[pair.Right]);
        var (first, second) = left.CompareTo(right) < 0 ? (left, right) : (right, left);
        Span<byte> bytes = stackalloc byte[32];
        first.TryWriteBytes(bytes);
        second.TryWriteBytes(bytes[16..]);
        var order = 0UL;
        foreach (var part in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            order = BitOperations.RotateLeft((order ^ part) * 0x9E3779B97F4A7C15, 29) * 0xD6E8FEB86659FD93;
        }

        return order ^ (order >> 32);
    }

    private void Write(CopyRows rows, string kind, ScoredPair pair, KnownRecords records, Explanation why)
    {
        var (left, right) = (records.Ids[pair.Left], records.Ids[pair.Right]);
        var swapped = left.CompareTo(right) > 0;
        rows.Begin(13);
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
        rows.Add(pair.Band.ToString());
    }
}
