using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Ingestion.Pulling;
using Rcu.Ingestion.Reading;
using Rcu.Jobs;
using Rcu.Security;

namespace Rcu.Ingestion;

/// <summary>What a person or a program can do with files: hand one over, follow it, stop it, take it back.</summary>
public sealed class Imports(RcuDb db, UploadStore store, IJobs jobs, PipelineRuns pipeline, TimeProvider clock)
{
    private const int LongestName = 255;

    /// <summary>Keeps the file, finds which mapping it is for, and asks for its import. The answer is the run to follow.</summary>
    public async Task<Result<Guid>> ReceiveAsync(ImportRequest request, Stream content, CancellationToken ct)
    {
        if (request.Source is { } name && !await db.Sources.AnyAsync(source => source.Name == name, ct))
        {
            return IngestionErrors.UnknownSource(name);
        }

        var kept = await store.KeepAsync(content, ct);
        if (kept.Error is { } tooLarge)
        {
            return tooLarge;
        }

        var stored = kept.Value!;
        var fileName = Shortened(Path.GetFileName(request.FileName));
        var found = await FindFeedAsync(store.PathOf(stored.Name), fileName, request.Source, ct);
        if (found.Error is { } refusal)
        {
            store.Forget(stored.Name);
            return refusal;
        }

        var now = clock.GetUtcNow();
        var feed = found.Value!;
        var run = new Run { Stage = IngestJob.Stage, Subject = feed.SourceId, Label = fileName, RequestedBy = request.By, QueuedAt = now };
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        db.Runs.Add(run);
        await db.SaveChangesAsync(ct); // before the upload that names it
        db.Uploads.Add(new Upload
        {
            RunId = run.Id,
            SourceId = feed.SourceId,
            FeedId = feed.Id,
            OriginalName = fileName,
            StoredName = stored.Name,
            Bytes = stored.Bytes,
            Sha256 = stored.Sha256,
            UploadedBy = request.By,
            UploadedAt = now,
        });
        Note("import.received", request.By, run, now);
        await db.SaveChangesAsync(ct);
        await commit.CommitAsync(ct);
        await jobs.EnqueueAsync<IngestJob>(run.Id, ct);
        return run.Id;
    }

    /// <summary>An import still in the queue ends at once; one at work stops after its current batch and keeps nothing.</summary>
    public async Task<Result<Guid>> CancelAsync(Guid runId, string by, CancellationToken ct)
    {
        if (await FindRunAsync(runId, ct) is not { } run)
        {
            return IngestionErrors.NotFound;
        }

        // One statement each, so that a worker that starts it meanwhile is not overwritten.
        var now = clock.GetUtcNow();
        var stopped = await db.Runs
            .Where(r => r.Id == runId && (r.Status == RunStatus.Queued || r.Status == RunStatus.Paused))
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Status, RunStatus.Cancelled).SetProperty(r => r.EndedAt, now), ct);
        if (stopped > 0)
        {
            await db.Database.ExecuteSqlAsync($"delete from staged_records where run_id = {runId}", ct);
        }

        var asked = await db.Runs
            .Where(r => r.Id == runId && r.Status == RunStatus.Running)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.CancelRequested, true), ct);
        if (stopped + asked == 0)
        {
            return IngestionErrors.AlreadyEnded;
        }

        Note("import.cancelled", by, run, now);
        await db.SaveChangesAsync(ct);
        return runId;
    }

    /// <summary>An import that has not begun waits at once; one at work after its current batch. What it has read is kept.</summary>
    public async Task<Result<Guid>> PauseAsync(Guid runId, string by, CancellationToken ct)
    {
        if (await FindRunAsync(runId, ct) is not { } run)
        {
            return IngestionErrors.NotFound;
        }

        // Fenced: a worker that is just taking it up writes nothing.
        var files = db.Runs.Where(r => r.Id == runId && r.Stage == IngestJob.Stage);
        var waits = await files.Where(r => r.Status == RunStatus.Queued)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Status, RunStatus.Paused).SetProperty(r => r.Attempt, r => r.Attempt + 1), ct);
        var asked = await files.Where(r => r.Status == RunStatus.Running)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.PauseRequested, true), ct);
        if (waits + asked == 0)
        {
            return IngestionErrors.NotAtWork;
        }

        Note("import.paused", by, run, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        return runId;
    }

    /// <summary>A paused import goes on from where it was, whichever worker takes it.</summary>
    public async Task<Result<Guid>> ResumeAsync(Guid runId, string by, CancellationToken ct)
    {
        if (await FindRunAsync(runId, ct) is not { } run)
        {
            return IngestionErrors.NotFound;
        }

        var queued = await db.Runs.Where(r => r.Id == runId && r.Status == RunStatus.Paused)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Status, RunStatus.Queued), ct);
        var goesOn = await db.Runs.Where(r => r.Id == runId && r.Status == RunStatus.Running && r.PauseRequested)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.PauseRequested, false), ct);
        if (queued + goesOn == 0)
        {
            return IngestionErrors.NotPaused;
        }

        Note("import.resumed", by, run, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        if (queued > 0)
        {
            await jobs.EnqueueAsync<IngestJob>(runId, ct);
        }

        return runId;
    }

    /// <summary>
    /// Takes an import back: its rows stay as evidence but count for nothing, and each record says again what it said
    /// before. A record that only this import brought is marked removed.
    /// </summary>
    public async Task<Result<Guid>> UndoAsync(Guid runId, string by, CancellationToken ct)
    {
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        if (await FindRunAsync(runId, ct) is not { } run)
        {
            return IngestionErrors.NotFound;
        }

        var source = run.Stage == PullJob.Stage
            ? await db.SourceConnections.Where(c => c.Id == run.Subject).Select(c => c.SourceId).SingleAsync(ct)
            : run.Subject;
        await Promotion.WaitForTurnAsync(db, source, ct);
        await db.Entry(run).ReloadAsync(ct);
        if (run.UndoneBy is { } undoneBy)
        {
            return IngestionErrors.AlreadyUndone(undoneBy);
        }

        // A reading that failed, or was stopped, has kept its pages.
        if (run.Status is not RunStatus.Succeeded && (run.Stage != PullJob.Stage || !run.HasEnded))
        {
            return IngestionErrors.NotEnded;
        }

        var now = clock.GetUtcNow();
        run.Undo(by, now);
        if (run.Stage == PullJob.Stage)
        {
            await SourceCursor.MoveBackAsync(db, run, ct);
        }

        Note("import.undone", by, run, now);
        await db.SaveChangesAsync(ct);
        await TakingBack.RunAsync(db, runId, now, ct);
        await commit.CommitAsync(ct);
        await pipeline.RequestAsync(by, ct);
        return runId;
    }

    // The run of another stage is no import; what a person typed, or a source gave by itself, is taken back like one.
    private Task<Run?> FindRunAsync(Guid runId, CancellationToken ct) =>
        db.Runs.SingleOrDefaultAsync(r => r.Id == runId && (r.Stage == Saisie.Stage || r.Stage == PullJob.Stage || db.Uploads.Any(u => u.RunId == runId)), ct);

    private async Task<Result<Feed>> FindFeedAsync(string path, string fileName, string? source, CancellationToken ct)
    {
        var opened = await SourceFile.OpenAsync(path, fileName, null, ct);
        if (opened.Error is { } refusal)
        {
            return refusal;
        }

        var feeds = await db.Feeds
            .Where(feed => feed.Active && (source == null || db.Sources.Any(s => s.Id == feed.SourceId && s.Name == source)))
            .ToListAsync(ct);
        return FeedMatch.Of(opened.Value!, feeds) is [var best, ..] ? best : IngestionErrors.UnknownFile;
    }

    private void Note(string action, string by, Run run, DateTimeOffset at) =>
        db.Audit.Add(new AuditEntry { At = at, Who = by, Action = action, Subject = $"{run.Id}", Details = new Dictionary<string, string> { ["file"] = run.Label } });

    // The name is only shown; what cannot be shown or stored is left out of it.
    internal static string Shortened(string fileName)
    {
        var name = string.Concat(SafeText.Of(fileName, out _).Where(c => !char.IsControl(c)));
        return name.Length > LongestName ? name[^LongestName..] : name.Length == 0 ? "?" : name;
    }
}

/// <param name="FileName">What the sender calls it: shown, never used as a path.</param>
/// <param name="Source">The name of the source it comes from. Null: found from the file itself.</param>
/// <param name="By">Who hands it over.</param>
public sealed record ImportRequest(string FileName, string? Source, string By);
