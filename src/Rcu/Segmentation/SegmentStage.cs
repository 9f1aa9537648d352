using Microsoft.EntityFrameworkCore;
using Rcu.Data;

namespace Rcu.Segmentation;

/// <summary>Computes every living segment again once customers have changed: entries and exits, dated.</summary>
public sealed class SegmentStage(RcuDb db, SegmentRefresh refresh) : IStage
{
    public string Name => "Segmentation";

    public async Task RunAsync(IStageProgress progress, CancellationToken ct)
    {
        var ids = await db.Segments.Where(s => s.ArchivedAt == null && !s.IsFrozen).OrderBy(s => s.Id).Select(s => s.Id).ToListAsync(ct);
        for (var i = 0; i < ids.Count; i++)
        {
            await refresh.RunAsync(ids[i], ct);
            await progress.ReportAsync(i + 1, ids.Count, ct);
        }
    }
}
