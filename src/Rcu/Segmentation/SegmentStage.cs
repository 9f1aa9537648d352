using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Segmentation.Plan;

namespace Rcu.Segmentation;

/// <summary>
/// Computes every living segment again once customers have changed, for those that changed where that is enough: entries and exits, dated. One whose rule no longer holds
/// together keeps why, and does not stop the others. The plan of relations acts on what came of it.
/// </summary>
public sealed class SegmentStage(RcuDb db, SegmentRefresh refresh, PlanRun plan) : IStage
{
    public string Name => "Segmentation";

    public async Task RunAsync(IStageProgress progress, CancellationToken ct)
    {
        var living = await db.Segments.AsNoTracking().Where(s => s.ArchivedAt == null && !s.IsFrozen).OrderBy(s => s.Id).ToListAsync(ct);
        var ids = SegmentRules.InOrder(living).Select(s => s.Id).ToList();
        var due = await SegmentDue.TakeAsync(db, ct);
        for (var i = 0; i < ids.Count; i++)
        {
            await refresh.RunAsync(ids[i], ct, due);
            await progress.ReportAsync(i + 1, ids.Count, ct);
        }

        await due.DoneAsync(db, ct);
        await plan.RunAsync(ct);
    }
}
