using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rcu.Cleaning.Steward;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Ingestion;

namespace Rcu.Cleaning;

/// <summary>
/// Cleans every record that is new, has changed, or was cleaned by an older version of the rules. What is left to do is said by
/// the records themselves, so a run that was cut is simply run again. Then the register says what it knows of their SIRENs,
/// and the rules that stewards changed are asked of what was clean already.
/// </summary>
public sealed class CleanStage(NpgsqlDataSource database, RcuDb db, TimeProvider clock) : IStage
{
    private const int BatchSize = 2_000;
    private const int Many = 10 * BatchSize;

    public string Name => "Cleaning";

    public async Task RunAsync(IStageProgress progress, CancellationToken ct)
    {
        await CleanAsync(progress, ct);

        // The numbers that are clean now say what the register is asked; its answers are cleaned like any record.
        if (await new RegisterEvidence(db, clock).WriteAsync(ct) > 0)
        {
            await CleanAsync(progress, ct);
        }

        await new RulePass(database, db, clock).RunAsync(ct);
    }

    private async Task CleanAsync(IStageProgress progress, CancellationToken ct)
    {
        var rules = await RuleSet.LoadAsync(db, clock, ct);
        var feeds = await FeedsAsync(rules, ct);
        await using var connection = await database.OpenConnectionAsync(ct);
        await ForgetOlderRulesAsync(connection, ct);
        var total = await CountAsync(connection, ct);
        if (total >= Many)
        {
            // Else each batch would look through all that is left: the planner has not heard of these rows yet.
            await using var analyze = new NpgsqlCommand("select analyze_pipeline()", connection);
            await analyze.ExecuteNonQueryAsync(ct);
        }

        await progress.ReportAsync(0, total, ct);

        var writer = await CleanedBatch.OpenAsync(connection, ct);
        for (long done = 0; await ReadAsync(connection, ct) is { Count: > 0 } batch;)
        {
            // A source that speaks for the first time while this runs is no reason to lose what it says.
            feeds = batch.TrueForAll(record => feeds.ContainsKey(record.FeedId)) ? feeds : await FeedsAsync(rules, ct);
            var cleaned = batch.AsParallel().AsOrdered().WithCancellation(ct).Select(record => Clean(record, feeds)).ToList();
            await writer.WriteAsync(cleaned, ct);
            done += batch.Count;
            await progress.ReportAsync(done, Math.Max(done, total), ct);
        }
    }

    private async Task<Dictionary<Guid, FeedReader>> FeedsAsync(RuleSet rules, CancellationToken ct)
    {
        var declared = await db.Feeds.AsNoTracking().ToListAsync(ct);
        return declared.ToDictionary(feed => feed.Id, feed => FeedReader.Of(FormerRows.ReaderOf(feed, declared), rules));
    }

    private static CleanedBatch.Row Clean(Waiting record, Dictionary<Guid, FeedReader> feeds)
    {
        using var payload = JsonDocument.Parse(record.Payload);
        var feed = feeds.GetValueOrDefault(record.FeedId) ?? new FeedReader(record.Kind, [], new FeedOptions());
        return new CleanedBatch.Row(record.Id, record.SourceRecordId, feed.Clean(payload.RootElement));
    }

    private static async Task ForgetOlderRulesAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var forget = new NpgsqlCommand(
            "update records set cleaned_at = null where rules_version <> $1 and cleaned_at is not null and removed_at is null", connection)
        {
            Parameters = { new() { Value = RecordCleaner.RulesVersion } },
        };
        await forget.ExecuteNonQueryAsync(ct);
    }

    private static async Task<long> CountAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var count = new NpgsqlCommand("select count(*) from records where cleaned_at is null and removed_at is null", connection);
        return (long)(await count.ExecuteScalarAsync(ct))!;
    }

    private static async Task<List<Waiting>> ReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var read = new NpgsqlCommand(
            """
            with next as materialized (
              select id, source_record_id, kind from records where cleaned_at is null and removed_at is null order by id limit $1)
            select n.id, n.source_record_id, n.kind, s.feed_id, s.payload::text
            from next n
            join source_records s on s.id = n.source_record_id
            order by n.id
            """,
            connection)
        {
            Parameters = { new() { Value = BatchSize } },
        };
        await using var rows = await read.ExecuteReaderAsync(ct);
        var batch = new List<Waiting>(BatchSize);
        while (await rows.ReadAsync(ct))
        {
            batch.Add(new Waiting(
                rows.GetGuid(0), rows.GetGuid(1), Enum.Parse<RecordKind>(rows.GetString(2)), rows.GetGuid(3), rows.GetString(4)));
        }

        return batch;
    }

    private sealed record Waiting(Guid Id, Guid SourceRecordId, RecordKind Kind, Guid FeedId, string Payload);
}
