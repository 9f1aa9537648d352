using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Jobs;

namespace Rcu.Ingestion;

/// <summary>What is collected where, for which purpose, on which ground, by whom, and how fresh: one line per mapping in force.</summary>
public sealed class CollectionPlan(RcuDb db, TimeProvider clock)
{
    public async Task<IReadOnlyList<CollectedFeed>> ListAsync(CancellationToken ct)
    {
        var feeds = await (from feed in db.Feeds.AsNoTracking()
                           join source in db.Sources on feed.SourceId equals source.Id
                           where feed.Active && source.Name != Source.Saisie
                           orderby source.Priority, feed.Name
                           select new { feed, source }).ToListAsync(ct);
        var last = await (from upload in db.Uploads.AsNoTracking()
                          join run in db.Runs on upload.RunId equals run.Id
                          join feed in db.Feeds on upload.FeedId equals feed.Id
                          where run.Status == RunStatus.Succeeded && run.UndoneAt == null
                          group new { run, upload } by new { feed.SourceId, feed.Name } into files
                          select new { files.Key.SourceId, files.Key.Name, At = files.Max(f => f.run.EndedAt), Files = files.Count(), By = files.Max(f => f.upload.UploadedBy) })
            .ToDictionaryAsync(files => (files.SourceId, files.Name), ct);
        var records = await db.Records.AsNoTracking().Where(r => r.RemovedAt == null)
            .GroupBy(r => new { r.SourceId, r.Kind }).Select(g => new { g.Key.SourceId, g.Key.Kind, Count = g.LongCount() })
            .ToDictionaryAsync(g => (g.SourceId, g.Kind), g => g.Count, ct);
        var now = clock.GetUtcNow();
        return
        [
            .. feeds.Select(one =>
            {
                var files = last.GetValueOrDefault((one.feed.SourceId, one.feed.Name));
                return new CollectedFeed(one.feed, one.source, records.GetValueOrDefault((one.feed.SourceId, one.feed.Kind)), files?.At, files?.Files ?? 0, files?.By)
                {
                    IsLate = one.feed.ExpectedDays is { } days && (files?.At is not { } at || now - at > TimeSpan.FromDays(days)),
                };
            }),
        ];
    }
}

/// <summary>A mapping in force, what it brought, and when it last did.</summary>
/// <param name="Records">Of its source and kind, counting today.</param>
public sealed record CollectedFeed(Feed Feed, Source Source, long Records, DateTimeOffset? LastAt, int Files, string? LastBy)
{
    /// <summary>A file was expected since.</summary>
    public bool IsLate { get; init; }

    /// <summary>The canonical fields it fills.</summary>
    public IReadOnlyList<string> Fields => [.. Feed.Columns.Select(column => column.Field).Distinct()];

    /// <summary>It speaks of persons: what for and on which ground must be written down (GDPR, article 30).</summary>
    public bool SpeaksOfPersons => Feed.Kind is RecordKind.Contact or RecordKind.Interaction;
}
