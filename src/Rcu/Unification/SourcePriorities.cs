using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Jobs;

namespace Rcu.Unification;

/// <summary>Which sources are believed first when they disagree. A change computes every golden value again.</summary>
public sealed class SourcePriorities(RcuDb db, PipelineRuns pipeline)
{
    /// <summary>The most believed first; what people type in the hub always comes before them.</summary>
    public async Task<IReadOnlyList<RankedSource>> ListAsync(CancellationToken ct) => await db.Sources.AsNoTracking()
        .OrderBy(s => s.Name == Source.Saisie ? 0 : 1).ThenBy(s => s.Priority).ThenBy(s => s.Name)
        .Select(s => new RankedSource(
            s,
            db.Records.Count(r => r.SourceId == s.Id && r.RemovedAt == null),
            db.Uploads.Where(u => u.SourceId == s.Id).Max(u => (DateTimeOffset?)u.UploadedAt)))
        .ToListAsync(ct);

    /// <summary>Puts a source one place up, or down.</summary>
    public async Task<Result<Source>> MoveAsync(Guid id, bool up, string by, CancellationToken ct)
    {
        var ranked = await db.Sources.Where(s => s.Name != Source.Saisie).OrderBy(s => s.Priority).ThenBy(s => s.Name).ToListAsync(ct);
        var at = ranked.FindIndex(s => s.Id == id);
        if (at < 0)
        {
            return UnificationErrors.SourceNotFound;
        }

        var to = Math.Clamp(at + (up ? -1 : 1), 0, ranked.Count - 1);
        if (to == at)
        {
            return ranked[at];
        }

        // Their ranks stay what they were: two sources exchange places.
        var ranks = ranked.Select(s => s.Priority).Order().ToList();
        (ranked[at], ranked[to]) = (ranked[to], ranked[at]);
        for (var place = 0; place < ranked.Count; place++)
        {
            ranked[place].Priority = Math.Max(ranks[place], place == 0 ? ranks[0] : ranked[place - 1].Priority + 1);
        }

        await using var commit = await db.Database.BeginTransactionAsync(ct);
        await db.SaveChangesAsync(ct);
        await db.Database.ExecuteSqlAsync(
            $"insert into stale_clusters (kind, cluster_id) select distinct kind, cluster_id from links on conflict do nothing", ct);
        await commit.CommitAsync(ct);
        await pipeline.RequestAsync(by, ct);
        return ranked[to];
    }
}

/// <summary>A source, what it says today, and when it last said something.</summary>
public sealed record RankedSource(Source Source, int Records, DateTimeOffset? LastUpload);
