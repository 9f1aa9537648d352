using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rcu.Data;
using Rcu.Ingestion.Drafts;
using Rcu.Ingestion.Reading;
using Rcu.Jobs;

namespace Rcu.Ingestion;

/// <summary>
/// Copies what a file says that its source did not say before into <c>source_records</c>. Rows and position are saved
/// together, batch by batch, in a place apart; when the whole file is there, one transaction makes it evidence. Cut
/// anywhere and started again, it loses no row and doubles none.
/// </summary>
public sealed partial class IngestJob(
    RcuDb db, NpgsqlDataSource database, UploadStore store, PipelineRuns pipeline, RowCleaning cleaning, TimeProvider clock, ILogger<IngestJob> log) : IJob
{
    public const string Stage = "Ingestion";

    /// <summary>How many rows are at risk of being read again.</summary>
    public const int BatchSize = 5_000;

    private const int Many = 20_000;

    private WholeState? _whole;

    public async Task RunAsync(Guid subject, CancellationToken ct)
    {
        db.Database.SetCommandTimeout(0); // one statement promotes a whole file
        var run = await db.Runs.SingleAsync(r => r.Id == subject, ct);
        if (run.HasEnded && run.Status is not RunStatus.Failed)
        {
            // Delivered twice, perhaps because it was cut just after its end: what follows may not have been asked for.
            await FollowAsync(run, ct);
            return;
        }

        if (run.Status is RunStatus.Paused)
        {
            return; // delivered twice: a person takes it up again
        }

        await BeginAgainIfLostAsync(run, ct);

        // Whoever held an earlier attempt can no longer write: its own save finds another number.
        run.Start(clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        var upload = await db.Uploads.SingleAsync(u => u.RunId == run.Id, ct);
        var feed = await db.Feeds.SingleAsync(f => f.Id == upload.FeedId, ct);
        var opened = await SourceFile.OpenAsync(store.PathOf(upload.StoredName), upload.OriginalName, FeedOptions.Of(feed).Correct, ct);
        if (opened.Error is { } refusal)
        {
            run.Fail(refusal.Values.Length == 0 ? refusal.Code : $"{refusal.Code}: {refusal.Message}", clock.GetUtcNow());
            await db.SaveChangesAsync(ct);
            return;
        }

        var siblings = await db.Feeds.Where(f => f.SourceId == feed.SourceId && f.Active).ToListAsync(ct);
        var feeds = FeedMatch.With(feed, siblings);
        var guesses = !feeds.Any(f => FeedOptions.Of(f).NumberTwins);
        _whole = WholeState.Of(feeds.Where(f => f.IsWhole)) is { Length: > 0 } whole ? new WholeState(db, feed.SourceId, whole, run.Id) : null;
        while (await StageAsync(run, upload, opened.Value!, feeds, guesses, ct))
        {
            if (await PromoteAsync(run, upload, ct))
            {
                await FollowAsync(run, ct);
                return;
            }

            // What seemed known was not: another file of the source came between. Or the server lost the rows on their way.
            guesses = false;
            await BeginAgainAsync(run, ct);
        }
    }

    // The rows on their way are not in the server's journal: when it crashed they are gone, as they are when the run was cancelled.
    private async Task BeginAgainIfLostAsync(Run run, CancellationToken ct)
    {
        var kept = Place(run) == 0 ? 0 : await db.Database.SqlQuery<long>(
            $"""select (select count(*) from staged_records where run_id = {run.Id}) + (select count(*) from rejects where run_id = {run.Id}) as "Value" """).SingleAsync(ct);
        if (kept < Place(run))
        {
            await BeginAgainAsync(run, ct);
        }
    }

    private async Task BeginAgainAsync(Run run, CancellationToken ct)
    {
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        run.Restart();
        await db.SaveChangesAsync(ct);
        await Promotion.ForgetAsync(db, run.Id, ct);
        await db.Rejects.Where(reject => reject.RunId == run.Id).ExecuteDeleteAsync(ct);
        await db.Database.ExecuteSqlAsync($"delete from present_keys where scope_id = {run.Id}", ct);
        await commit.CommitAsync(ct);
    }

    // Whoever brought the file, by whatever door: what it says reaches the customers.
    private async Task FollowAsync(Run run, CancellationToken ct)
    {
        if (run.Status is RunStatus.Succeeded)
        {
            await pipeline.RequestAsync(run.RequestedBy, ct);
        }
    }

    // False: a person asked to stop, and nothing of the file is kept, or to wait, and what was read is.
    private async Task<bool> StageAsync(Run run, Upload upload, SourceFile file, IReadOnlyList<Feed> feeds, bool guesses, CancellationToken ct)
    {
        var cleaner = await cleaning(ct);
        var (leftOut, place) = (await LeftOutAsync(upload.AgreesTo ?? run.Id, ct), Place(run));
        var rows = new StagedRows(run.Id, file, new FeedRows(feeds), cleaner)
        {
            LeftOut = leftOut,
            Corrections = await DraftCorrections.OfRunAsync(db, upload.AgreesTo ?? run.Id, ct),
            Known = guesses && !cleaner.KeepsOut ? new KnownContent(database, upload.SourceId, run.Id) : null,
        };
        await foreach (var (batch, total) in rows.AfterAsync(place, ct))
        {
            place = batch.Place;
            if (!await SaveAsync(run, batch, total, ct))
            {
                return false;
            }
        }

        return await SaveAsync(run, new StagedBatch(run.Id, place, leftOut), place, ct);
    }

    private async Task<HashSet<long>> LeftOutAsync(Guid run, CancellationToken ct) => [.. await db.Database.SqlQuery<long>(
        $"""select s.line as "Value" from draft_skips s join import_drafts d on d.id = s.draft_id where d.run_id = {run}""").ToListAsync(ct)];

    private async Task<bool> SaveAsync(Run run, StagedBatch batch, long? total, CancellationToken ct)
    {
        var cancelled = await db.Runs.Where(r => r.Id == run.Id).Select(r => r.CancelRequested).SingleAsync(ct);
        var paused = false;
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        if (cancelled)
        {
            run.Cancel(clock.GetUtcNow());
            await db.SaveChangesAsync(ct);
            await Promotion.ForgetAsync(db, run.Id, ct);
        }
        else
        {
            run.Advance(batch.Place, total, batch.Place.ToString(CultureInfo.InvariantCulture));
            run.Count(new Dictionary<string, long>(run.Counters)
            {
                [Counts.Read] = batch.Place,
                [Counts.Rejected] = run.Counters.GetValueOrDefault(Counts.Rejected) + batch.Rejected,
                [Counts.RepairedCells] = run.Counters.GetValueOrDefault(Counts.RepairedCells) + batch.Told.Repaired,
                [Counts.CellsBeyond] = run.Counters.GetValueOrDefault(Counts.CellsBeyond) + batch.Told.Beyond,
                [Counts.Unread] = run.Counters.GetValueOrDefault(Counts.Unread) + batch.Unread,
            });

            // First the run: a node that was taken for dead is stopped here, before it writes rows.
            await db.SaveChangesAsync(ct);
            await batch.WriteAsync(db, ct);
            await (_whole?.NoteAsync(batch.Present, ct) ?? Task.CompletedTask);
            paused = await db.Runs.Where(r => r.Id == run.Id && r.PauseRequested)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.Status, RunStatus.Paused).SetProperty(r => r.PauseRequested, false), ct) > 0;
        }

        await commit.CommitAsync(ct);
        LogBatch(run.Label, batch.Place);
        return !cancelled && !paused;
    }

    // False: not all of it is there, and nothing was written.
    private async Task<bool> PromoteAsync(Run run, Upload upload, CancellationToken ct)
    {
        var staged = Staged(run);
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        run.Succeed(clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        var absence = _whole is null ? new Absence(0, 0) : await AbsenceAsync(run, upload, _whole, ct);
        var promoted = await Promotion.TryAsync(db, run.Id, upload.SourceId, clock.GetUtcNow(), (await cleaning(ct)).Stamp, ct);
        promoted = promoted is null ? null : promoted with { Absent = absence.Withdrawn };
        if (promoted?.Rows != staged)
        {
            await commit.RollbackAsync(ct);
            await db.Entry(run).ReloadAsync(ct);
            return false;
        }

        promoted.AddTo(run);
        run.Count(new Dictionary<string, long>(run.Counters) { [Counts.AbsentHeld] = absence.Held });
        await db.SaveChangesAsync(ct);
        await commit.CommitAsync(ct);
        if (promoted.Inserted + promoted.Updated + promoted.Withdrawn >= Many)
        {
            await db.Database.ExecuteSqlAsync($"select analyze_pipeline()", ct); // what follows is planned for as many as there are
        }

        LogEnd(run.Label, promoted.Inserted, promoted.Updated, promoted.Unchanged);
        return true;
    }

    // A line of which nobody can tell whom it speaks of may be that of any absent record: then none is withdrawn.
    private static async Task<Absence> AbsenceAsync(Run run, Upload upload, WholeState whole, CancellationToken ct)
    {
        await whole.NoteStagedAsync(run.Id, ct);
        var found = run.Counters.GetValueOrDefault(Counts.Unread) > 0 ? await whole.CountAsync(ct) : await whole.SettleAsync(run.Id, upload.AgreedAbsent ?? 0, ct);
        await whole.ForgetAsync(ct);
        return found;
    }

    private static long Staged(Run run) => run.Counters.GetValueOrDefault(Counts.Read) - run.Counters.GetValueOrDefault(Counts.Rejected);

    private static long Place(Run run) =>
        long.TryParse(run.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : 0;

    [LoggerMessage(Level = LogLevel.Debug, Message = "{File}: {Rows} rows read")]
    private partial void LogBatch(string file, long rows);

    [LoggerMessage(Level = LogLevel.Information, Message = "{File}: {Inserted} inserted, {Updated} updated, {Unchanged} unchanged")]
    private partial void LogEnd(string file, long inserted, long updated, long unchanged);

    /// <summary>What an import counts: every row read ends in exactly one of the six that follow.</summary>
    public static class Counts
    {
        public const string Read = "read";
        public const string Inserted = "inserted";
        public const string Updated = "updated";
        public const string Unchanged = "unchanged";
        public const string Superseded = "superseded";
        public const string Rejected = "rejected";

        /// <summary>The source says that the record is no more.</summary>
        public const string Withdrawn = "withdrawn";

        /// <summary>Records, not rows: withdrawn because the whole state of the source does not hold them.</summary>
        public const string Absent = "absent";

        /// <summary>Records that would be withdrawn so, and were not: a person is asked first.</summary>
        public const string AbsentHeld = "absentHeld";

        /// <summary>Rows set aside of which nobody can tell whom they speak of.</summary>
        public const string Unread = "unread";

        /// <summary>Cells, not rows: what was replaced in them no database keeps.</summary>
        public const string RepairedCells = "repairedCells";

        /// <summary>Cells kept with their row that no column of the header names.</summary>
        public const string CellsBeyond = "cellsBeyond";
    }
}
