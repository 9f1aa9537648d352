using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rcu.Data;
using Rcu.Ingestion.Pulling;
using Rcu.Jobs;
using Rcu.Security;

namespace Rcu.Ingestion;

/// <summary>
/// The word of a person for what a whole state no longer holds and that was too much to be withdrawn unasked. Its file is read
/// again and withdraws as many records as were told, never more; a source that is read by itself does so at its next whole reading.
/// </summary>
public sealed class AbsenceAgreement(RcuDb db, UploadStore store, SourceConnections connections, IJobs jobs, TimeProvider clock)
{
    /// <returns>The import to follow: the one that reads the file again, or the reading itself when its source was read by itself.</returns>
    public async Task<Result<Guid>> AgreeAsync(Guid runId, string by, CancellationToken ct)
    {
        var run = await db.Runs.AsNoTracking().SingleOrDefaultAsync(r => r.Id == runId, ct);
        if (run is { Stage: PullJob.Stage })
        {
            return (await connections.AgreeAbsentAsync(run.Subject, by, ct)).Error is { } refused ? refused : runId;
        }

        if (run is null || await db.Uploads.AsNoTracking().SingleOrDefaultAsync(u => u.RunId == runId, ct) is not { } upload)
        {
            return IngestionErrors.NotFound;
        }

        return await RefusalAsync(run, upload, ct) is { } refusal ? refusal : await ReadAgainAsync(run, upload, by, ct);
    }

    private async Task<Error?> RefusalAsync(Run run, Upload upload, CancellationToken ct) =>
        run.UndoneBy is { } undoneBy ? IngestionErrors.AlreadyUndone(undoneBy)
        : run.Counters.GetValueOrDefault(IngestJob.Counts.AbsentHeld) == 0 ? IngestionErrors.NothingAbsent
        : run.Counters.GetValueOrDefault(IngestJob.Counts.Unread) is > 0 and var unread ? IngestionErrors.AbsentUnread(unread)
        : await db.Uploads.AnyAsync(u => u.AgreesTo == run.Id, ct) ? IngestionErrors.AbsentAgreed
        : await CameSinceAsync(upload, ct) ? IngestionErrors.NewerCame
        : store.Holds(upload.StoredName) ? null
        : IngestionErrors.FileForgotten;

    // An older state read again would say the past of what a newer file said.
    private Task<bool> CameSinceAsync(Upload upload, CancellationToken ct) => (
        from later in db.Uploads
        join run in db.Runs on later.RunId equals run.Id
        join feed in db.Feeds on later.FeedId equals feed.Id
        where later.SourceId == upload.SourceId && later.UploadedAt > upload.UploadedAt && run.UndoneAt == null
          && (run.EndedAt == null || run.Status == RunStatus.Succeeded)
          && db.Feeds.Any(read => read.Id == upload.FeedId && read.Name == feed.Name)
        select later).AnyAsync(ct);

    private async Task<Result<Guid>> ReadAgainAsync(Run held, Upload upload, string by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var count = held.Counters[IngestJob.Counts.AbsentHeld];
        var run = new Run { Stage = IngestJob.Stage, Subject = held.Subject, Label = held.Label, RequestedBy = by, QueuedAt = now };
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        db.Runs.Add(run);
        await db.SaveChangesAsync(ct); // before the upload that names it
        db.Uploads.Add(new Upload
        {
            RunId = run.Id,
            SourceId = upload.SourceId,
            FeedId = upload.FeedId,
            OriginalName = upload.OriginalName,
            StoredName = upload.StoredName,
            Bytes = upload.Bytes,
            Sha256 = upload.Sha256,
            UploadedBy = by,
            UploadedAt = now,
            AgreedAbsent = count,
            AgreesTo = held.Id,
        });
        db.Audit.Add(new AuditEntry
        {
            At = now,
            Who = by,
            Action = "import.absent_agreed",
            Subject = $"{held.Id}",
            Details = new Dictionary<string, string> { ["file"] = held.Label, ["records"] = $"{count}" },
        });
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException twice) when (twice.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return IngestionErrors.AbsentAgreed; // two agreed at once
        }

        await commit.CommitAsync(ct);
        await jobs.EnqueueAsync<IngestJob>(run.Id, ct);
        return run.Id;
    }
}
