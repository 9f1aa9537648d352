using System.Text.Json;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Ingestion.Reading;
using Rcu.Jobs;

namespace Rcu.Ingestion.Pushing;

/// <summary>
/// Takes one record from a program, as an import of one row: it becomes evidence by the same statement as the rows of a
/// file, and the stages that follow an import are asked for. What a source says again changes nothing.
/// </summary>
public sealed class PushedRecords(RcuDb db, IValidator<PushRecord> validator, PipelineRuns pipeline, RowGate gate, TimeProvider clock)
{
    /// <summary>What people call the run that gathers what one program pushed to one source in a day.</summary>
    public const string Label = "API";

    // No file is ever named so: a name holds no slash.
    private const string NoFile = "/api";

    public async Task<Result<Pushed>> PushAsync(PushRecord command, string by, CancellationToken ct)
    {
        if (validator.Refusal(command) is { } malformed)
        {
            return malformed;
        }

        if (await db.Sources.AsNoTracking().SingleOrDefaultAsync(s => s.Name == command.Source, ct) is not { } source)
        {
            return IngestionErrors.UnknownSource(command.Source);
        }

        var (kind, key) = (command.Fields.RecordKind, command.Key.Trim());
        var row = new RowFields(JsonSerializer.SerializeToElement(command.Fields.ToCanonical()));
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        await Promotion.WaitForTurnAsync(db, source.Id, ct);
        var feed = await FeedAsync(source, command.Fields, by, ct);
        var run = await RunAsync(source, by, ct);
        var place = run.Done + 1;
        if (await gate(ct) is { } judge && judge(feed, row) is { } reason)
        {
            await RejectAsync(run, place, reason, row, ct);
            await commit.CommitAsync(ct);
            return IngestionErrors.RowRefused(reason);
        }

        await db.Database.ExecuteSqlAsync(
            $"""
            insert into staged_records (run_id, place, line, feed_id, kind, external_key, payload, content_hash)
            values ({run.Id}, {place}, {place}, {feed.Id}, {kind.ToString()}, {key}, {JsonDocument.Parse(row.ToJson()).RootElement}, {row.ContentHash()})
            """,
            ct);
        var promoted = await Promotion.RunAsync(db, run.Id, source.Id, clock.GetUtcNow(), ct);
        Count(run, promoted);
        await db.SaveChangesAsync(ct);
        var record = await db.Records.Where(r => r.SourceId == source.Id && r.Kind == kind && r.ExternalKey == key).Select(r => r.Id).SingleAsync(ct);
        await commit.CommitAsync(ct);
        var outcome = promoted.Inserted > 0 ? PushOutcome.Inserted : promoted.Updated > 0 ? PushOutcome.Updated : PushOutcome.Unchanged;
        var following = outcome is PushOutcome.Unchanged ? null : await pipeline.RequestAsync(by, ct);
        return new Pushed(record, outcome, following?.Id);
    }

    // The hub's own words are mapped onto themselves, by a feed like any other: a newer program says more in a newer version.
    private async Task<Feed> FeedAsync(Source source, PushedFields fields, string by, CancellationToken ct)
    {
        var (name, names) = ($"api_{JsonNamingPolicy.SnakeCaseLower.ConvertName(fields.RecordKind.ToString())}", fields.Names());
        var last = await db.Feeds.Where(f => f.SourceId == source.Id && f.Name == name).OrderByDescending(f => f.Version).FirstOrDefaultAsync(ct);
        if (last is not null && last.Columns.Select(c => c.Field).SequenceEqual(names))
        {
            return last;
        }

        last?.Active = false;
        var feed = new Feed
        {
            SourceId = source.Id,
            Name = name,
            Version = (last?.Version ?? 0) + 1,
            Kind = fields.RecordKind,
            FilePattern = NoFile,
            KeyColumns = [NoFile],
            Columns = [.. names.Select(field => new FeedColumn(field, [field]))],
            CreatedAt = clock.GetUtcNow(),
            CreatedBy = by,
        };
        db.Feeds.Add(feed);
        await db.SaveChangesAsync(ct);
        return feed;
    }

    private async Task<Run> RunAsync(Source source, string by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        var run = await db.Runs
            .Where(r => r.Stage == IngestJob.Stage && r.Label == Label && r.Subject == source.Id && r.RequestedBy == by && r.QueuedAt >= today)
            .FirstOrDefaultAsync(ct);
        if (run is null)
        {
            run = new Run { Stage = IngestJob.Stage, Subject = source.Id, Label = Label, RequestedBy = by, QueuedAt = now };
            run.Start(now);
            db.Runs.Add(run);
        }

        run.Succeed(now);
        await db.SaveChangesAsync(ct);
        return run;
    }

    // Refused to the program that sent it, and kept like any other rejected row: nothing is lost.
    private async Task RejectAsync(Run run, long place, RejectReason reason, RowFields row, CancellationToken ct)
    {
        db.Rejects.Add(new Reject
        {
            RunId = run.Id,
            Line = place,
            ColumnName = reason.Column,
            Value = reason.Value,
            Code = reason.Code,
            Reason = reason.Message,
            Raw = JsonDocument.Parse(row.ToJson()).RootElement,
        });
        Count(run, null);
        await db.SaveChangesAsync(ct);
    }

    // Null: the record was rejected.
    private static void Count(Run run, Promoted? promoted)
    {
        run.Advance(run.Done + 1, run.Done + 1, null);
        run.Count(new Dictionary<string, long>
        {
            [IngestJob.Counts.Read] = run.Done,
            [IngestJob.Counts.Rejected] = run.Counters.GetValueOrDefault(IngestJob.Counts.Rejected) + (promoted is null ? 1 : 0),
            [IngestJob.Counts.Inserted] = run.Counters.GetValueOrDefault(IngestJob.Counts.Inserted) + (promoted?.Inserted ?? 0),
            [IngestJob.Counts.Updated] = run.Counters.GetValueOrDefault(IngestJob.Counts.Updated) + (promoted?.Updated ?? 0),
            [IngestJob.Counts.Unchanged] = run.Counters.GetValueOrDefault(IngestJob.Counts.Unchanged) + (promoted?.Unchanged ?? 0),
            [IngestJob.Counts.Superseded] = 0,
        });
    }
}

/// <summary>What one source says under one key.</summary>
public sealed record PushRecord(string Source, string Key, PushedFields Fields);

/// <summary>What became of it.</summary>
/// <param name="PipelineRunId">The run that will carry it to the customers; null when it says nothing new.</param>
public sealed record Pushed(Guid RecordId, PushOutcome Outcome, Guid? PipelineRunId);

public enum PushOutcome
{
    Inserted,
    Updated,
    Unchanged,
}

internal sealed class PushRecordValidator : AbstractValidator<PushRecord>
{
    public PushRecordValidator()
    {
        RuleFor(p => p.Source).NotEmpty().MaximumLength(100);
        RuleFor(p => p.Key).NotEmpty().MaximumLength(500).Must(key => key is null || !key.Any(char.IsControl));
        RuleFor(p => p.Fields).Must(fields => fields.ToCanonical().Count > 0).WithMessage("Nothing is said of it.");
        RuleFor(p => ((InteractionFields)p.Fields).At).NotNull().When(p => p.Fields is InteractionFields).OverridePropertyName("at");
    }
}
