using Rcu.Data;
using Rcu.Jobs;

namespace Rcu.Ingestion;

/// <summary>Makes evidence of some rows in the caller's transaction, the one that saves how far their run is.</summary>
internal static class Landing
{
    public static async Task<Promoted> LandAsync(RcuDb db, Run run, Guid sourceId, StagedBatch batch, DateTimeOffset now, CancellationToken ct)
    {
        var (place, rejected) = (batch.Place, batch.Rejected);
        run.Advance(place, null, null);
        await db.SaveChangesAsync(ct); // first the run: a node that was taken for dead is stopped here
        await batch.WriteAsync(db, ct);
        var promoted = await Promotion.RunAsync(db, run.Id, sourceId, now, ct);
        run.Count(new Dictionary<string, long>(run.Counters)
        {
            [IngestJob.Counts.Read] = place,
            [IngestJob.Counts.Rejected] = run.Counters.GetValueOrDefault(IngestJob.Counts.Rejected) + rejected,
        });
        promoted.AddTo(run);
        await db.SaveChangesAsync(ct);
        return promoted;
    }
}
