using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Ingestion.Pulling;

namespace Rcu.Ingestion;

/// <summary>The files received so far, what sources gave by themselves, and what became of each, the latest first.</summary>
public sealed class ImportHistory(RcuDb db)
{
    public const int MostPerPage = 100;

    public async Task<Result<ImportView>> FindAsync(Guid runId, CancellationToken ct) =>
        await Views().SingleOrDefaultAsync(view => view.Id == runId, ct) is { } found ? found : IngestionErrors.NotFound;

    /// <param name="before">The last import of the page before; null for the first page.</param>
    public async Task<IReadOnlyList<ImportView>> ListAsync(Guid? before, int count, CancellationToken ct) =>
        await Views()
            .Where(view => (before == null || view.Id < before) && (!view.IsPull || view.Done > 0))
            .OrderByDescending(view => view.Id)
            .Take(Math.Clamp(count, 1, MostPerPage))
            .ToListAsync(ct);

    /// <summary>The rows that could not be read, in the order of the file.</summary>
    /// <param name="after">The last reject of the page before.</param>
    public async Task<IReadOnlyList<Reject>> RejectsAsync(Guid runId, Reject? after, int count, CancellationToken ct)
    {
        var (line, id) = (after?.Line ?? -1, after?.Id ?? Guid.Empty);
        return await db.Rejects.AsNoTracking()
            .Where(r => r.RunId == runId && (r.Line > line || (r.Line == line && r.Id > id)))
            .OrderBy(r => r.Line)
            .ThenBy(r => r.Id)
            .Take(Math.Clamp(count, 1, MostPerPage))
            .ToListAsync(ct);
    }

    /// <summary>Who put cells right before the file went in, and how many.</summary>
    public async Task<IReadOnlyList<CorrectedBy>> CorrectedAsync(Guid runId, CancellationToken ct) => await db.Database.SqlQuery<CorrectedBy>(
        $"""
        select c.corrected_by as by, count(*) as cells from draft_corrections c join import_drafts d on d.id = c.draft_id
        where d.run_id = {runId} group by c.corrected_by order by count(*) desc
        """).ToListAsync(ct);

    private IQueryable<ImportView> Views() =>
        from run in db.Runs.AsNoTracking()
        join upload in db.Uploads on run.Id equals upload.RunId into uploads
        from upload in uploads.DefaultIfEmpty()
        join connection in db.SourceConnections on run.Subject equals connection.Id into connections
        from connection in connections.DefaultIfEmpty()
        where upload != null || (run.Stage == PullJob.Stage && connection != null)
        from source in db.Sources.Where(s => s.Id == (upload != null ? upload.SourceId : connection.SourceId))
        from feed in db.Feeds.Where(f => f.Id == (upload != null ? upload.FeedId : connection.FeedId))
        select new ImportView
        {
            Id = run.Id,
            Source = source.Name,
            SourceLabel = source.Label,
            Feed = feed.Name,
            FileName = upload != null ? upload.OriginalName : run.Label,
            Bytes = upload != null ? upload.Bytes : 0,
            IsPull = upload == null,
            Status = run.Status,
            Done = run.Done,
            Total = run.Total,
            Counters = run.Counters,
            Failure = run.Failure,
            CancelRequested = run.CancelRequested,
            PauseRequested = run.PauseRequested,
            RequestedBy = run.RequestedBy,
            QueuedAt = run.QueuedAt,
            StartedAt = run.StartedAt,
            AttemptAt = run.AttemptAt,
            AttemptFrom = run.AttemptFrom,
            EndedAt = run.EndedAt,
            UndoneAt = run.UndoneAt,
            UndoneBy = run.UndoneBy,
            AgreedIn = db.Uploads.Where(u => u.AgreesTo == run.Id).Select(u => (Guid?)u.RunId).FirstOrDefault(),
        };
}

/// <summary>A person who corrected cells of a file before it went in.</summary>
public sealed record CorrectedBy(string By, long Cells);
