using Rcu.Data;
using Rcu.Jobs;

namespace Rcu.Ingestion;

/// <summary>Makes evidence of some rows in the caller's transaction, the one that saves how far their run is.</summary>
internal static class Landing
{
    public static async Task<Promoted> LandAsync(RcuDb db, Run run, Guid sourceId, StagedBatch batch, DateTimeOffset now, CancellationToken ct) =>
        await LandAsync(db, run, sourceId, batch, now, _ => Task.FromResult(0L), ct);

    /// <param name="absent">Stages what no row spoke of, once the rows are staged; and how many.</param>
    public static async Task<Promoted> LandAsync(
        RcuDb db, Run run, Guid sourceId, StagedBatch batch, DateTimeOffset now, Func<CancellationToken, Task<long>> absent, CancellationToken ct)
    {
        var (place, rejected) = (batch.Place, batch.Rejected);
        run.Advance(place, null, null);
        await db.SaveChangesAsync(ct); // first the run: a node that was taken for dead is stopped here
        await batch.WriteAsync(db, ct);
        var gone = await absent(ct);
        var promoted = await Promotion.RunAsync(db, run.Id, sourceId, now, ct) with { Absent = gone };
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
