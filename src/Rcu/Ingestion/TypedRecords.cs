using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Ingestion.Reading;
using Rcu.Jobs;

namespace Rcu.Ingestion;

/// <summary>
/// Makes evidence of what a person typed, by the same statement as the rows of a file. The caller holds the transaction.
/// </summary>
internal sealed class TypedRecords(RcuDb db, TimeProvider clock)
{
    public async Task<Source> SourceAsync(CancellationToken ct)
    {
        var source = await db.Sources.AsNoTracking().SingleAsync(s => s.Name == Source.Saisie, ct);
        await Promotion.WaitForTurnAsync(db, source.Id, ct);
        return source;
    }

    /// <summary>Writes the new versions of some records as one run, ended already.</summary>
    public async Task<Run> WriteAsync(Source source, RecordKind kind, string label, IReadOnlyList<TypedRecord> records, string by, CancellationToken ct)
    {
        var feed = await db.Feeds.AsNoTracking()
            .Where(f => f.SourceId == source.Id && f.Kind == kind && f.Active && f.FilePattern == Saisie.NoFile)
            .OrderByDescending(f => f.Version).FirstAsync(ct);
        var now = clock.GetUtcNow();
        var run = new Run { Stage = Saisie.Stage, Subject = source.Id, Label = label, RequestedBy = by, QueuedAt = now };
        run.Start(now);
        db.Runs.Add(run);
        await db.SaveChangesAsync(ct);
        var rows = records.Select(record => new RowFields(JsonSerializer.SerializeToElement(record.Values))).ToList();
        var (keys, payloads) = (records.Select(r => r.Key).ToArray(), rows.Select(row => Encoding.UTF8.GetString(row.ToJson())).ToArray());
        var hashes = rows.Select(row => row.ContentHash()).ToArray();
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into staged_records (run_id, place, line, feed_id, kind, external_key, payload, content_hash)
            select {run.Id}, place, place, {feed.Id}, {kind.ToString()}, key, payload::jsonb, hash
            from unnest({keys}, {payloads}, {hashes}) with ordinality as said (key, payload, hash, place)
            """,
            ct);
        var place = records.Count;
        var promoted = await Promotion.RunAsync(db, run.Id, source.Id, now, ct);
        run.Advance(place, place, null);
        run.Count(new Dictionary<string, long>
        {
            [IngestJob.Counts.Read] = place,
            [IngestJob.Counts.Rejected] = 0,
            [IngestJob.Counts.Inserted] = promoted.Inserted,
            [IngestJob.Counts.Updated] = promoted.Updated,
            [IngestJob.Counts.Unchanged] = promoted.Unchanged,
            [IngestJob.Counts.Superseded] = promoted.Superseded,
        });
        run.Succeed(now);
        await db.SaveChangesAsync(ct);
        return run;
    }
}

/// <summary>What was typed under one key.</summary>
internal sealed record TypedRecord(string Key, IReadOnlyDictionary<string, string> Values);
