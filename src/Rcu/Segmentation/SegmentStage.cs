using Microsoft.EntityFrameworkCore;
using Rcu.Data;

namespace Rcu.Segmentation;

/// <summary>
/// Computes every living segment again once customers have changed: entries and exits, dated. One whose rule no longer holds
/// together keeps why, and does not stop the others.
/// </summary>
public sealed class SegmentStage(RcuDb db, SegmentRefresh refresh) : IStage
{
    public string Name => "Segmentation";

    public async Task RunAsync(IStageProgress progress, CancellationToken ct)
    {
        var living = await db.Segments.AsNoTracking().Where(s => s.ArchivedAt == null && !s.IsFrozen).OrderBy(s => s.Id).ToListAsync(ct);
        var ids = SegmentRules.InOrder(living).Select(s => s.Id).ToList();
        for (var i = 0; i < ids.Count; i++)
        {
            await refresh.RunAsync(ids[i], ct);
            await progress.ReportAsync(i + 1, ids.Count, ct);
        }
    }
}
