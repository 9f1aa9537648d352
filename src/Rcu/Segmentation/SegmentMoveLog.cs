using Microsoft.EntityFrameworkCore;
using Rcu.Data;

namespace Rcu.Segmentation;

/// <summary>Who came into a segment and who left it, in the order it happened: a follower goes on from the last one it read.</summary>
public sealed class SegmentMoveLog(RcuDb db)
{
    /// <param name="after">The last event that was read; 0 for the first ones.</param>
    public async Task<Result<IReadOnlyList<SegmentEvent>>> ReadAsync(Guid id, long after, int take, CancellationToken ct) =>
        await db.Segments.AnyAsync(s => s.Id == id, ct)
            ? await db.Set<SegmentEvent>().AsNoTracking().Where(e => e.SegmentId == id && e.Id > after).OrderBy(e => e.Id).Take(take).ToListAsync(ct)
            : SegmentationErrors.NotFound;
}
