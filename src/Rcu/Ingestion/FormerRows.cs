using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Ingestion.Mapping;
using Rcu.Jobs;
using Rcu.Security;

namespace Rcu.Ingestion;

/// <summary>
/// The rows that earlier versions of a mapping read. The new version may be asked to read them again, from the rows as they
/// were received: no file is needed, and the evidence stays as it is.
/// </summary>
public sealed class FormerRows(RcuDb db, PipelineRuns pipeline, TimeProvider clock)
{
    private const string Rows =
        """
        from records r
        join source_records s on s.id = r.source_record_id
        where r.removed_at is null and r.source_id = {1} and s.feed_id in (
          select former.id from feeds now
          join feeds former on former.source_id = now.source_id and former.name = now.name and former.version < now.version
          where now.id = {0})
        """;

    /// <summary>How many rows the mapping of an import could read again; none when it is no longer the newest, or was asked already.</summary>
    public async Task<long> CountAsync(Guid run, CancellationToken ct) => await FeedAsync(run, ct) is not { Version: > 1, Active: true, ReadsFormer: false } feed ? 0
        : (await db.Database.SqlQueryRaw<long>("select count(*) as \"Value\" " + Rows, feed.Id, feed.SourceId).ToListAsync(ct)).Single();

    /// <summary>Asks that they be read again; the customers follow.</summary>
    public async Task<Result<long>> ApplyAsync(Guid run, string by, CancellationToken ct)
    {
        if (await CountAsync(run, ct) == 0 || await FeedAsync(run, ct) is not { } feed)
        {
            return MappingErrors.NothingFormer;
        }

        var former = await db.Feeds.AsNoTracking().Where(f => f.SourceId == feed.SourceId && f.Name == feed.Name && f.Version < feed.Version).ToListAsync(ct);
        if (former.Exists(f => !f.KeyColumns.SequenceEqual(feed.KeyColumns, StringComparer.OrdinalIgnoreCase) || f.Kind != feed.Kind))
        {
            return MappingErrors.KeyChanged;
        }

        await using var commit = await db.Database.BeginTransactionAsync(ct);
        await Promotion.WaitForTurnAsync(db, feed.SourceId, ct);
        feed.ReadsFormer = true;
        db.Audit.Add(new AuditEntry
        {
            At = clock.GetUtcNow(),
            Who = by,
            Action = "mapping.applied",
            Subject = $"{feed.Id}",
            Details = new Dictionary<string, string> { ["mapping"] = $"{feed.Name} {feed.Version}" },
        });
        await db.SaveChangesAsync(ct);
        var read = await db.Database.ExecuteSqlRawAsync("update records set cleaned_at = null where id in (select r.id " + Rows + ")", [feed.Id, feed.SourceId], ct);
        await commit.CommitAsync(ct);
        await pipeline.RequestAsync(by, ct);
        return read;
    }

    /// <summary>The version that reads the rows of another: the newest that was asked to, else itself.</summary>
    public static Feed ReaderOf(Feed feed, IEnumerable<Feed> all) => all
        .Where(other => other.ReadsFormer && other.SourceId == feed.SourceId && other.Name == feed.Name && other.Version > feed.Version)
        .MaxBy(other => other.Version) ?? feed;

    private async Task<Feed?> FeedAsync(Guid run, CancellationToken ct) =>
        await (from upload in db.Uploads join feed in db.Feeds on upload.FeedId equals feed.Id where upload.RunId == run select feed).SingleOrDefaultAsync(ct);
}
