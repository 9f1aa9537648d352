using Microsoft.EntityFrameworkCore;
using Rcu.Data;

namespace Rcu.Activation;

/// <summary>Which segments and which tools a merge would set in motion, by what the two golden rows are in today.</summary>
public sealed class JoinReach(RcuDb db)
{
    /// <summary>Those where one of the two is, with the tools they feed; first those the retired id alone is in.</summary>
    public async Task<IReadOnlyList<ReachedSegment>> SegmentsAsync(Guid survivor, Guid retired, CancellationToken ct) => await db.Database.SqlQuery<ReachedSegment>(
        $"""
        select s.id, s.name, bool_or(m.member_id = {survivor}) as "Survivor", bool_or(m.member_id = {retired}) as "Retired",
          coalesce((select array_agg(d.name order by d.name) from destinations d where d.segment_id = s.id), array[]::text[]) as "Destinations"
        from segment_members m join segments s on s.id = m.segment_id
        where m.member_id in ({survivor}, {retired}) and m.exited_at is null and s.archived_at is null
        group by s.id, s.name
        order by bool_or(m.member_id = {survivor}), s.name
        """).ToListAsync(ct);
}

/// <summary>A segment that one of two golden rows, or both, are in.</summary>
/// <param name="Survivor">The one whose id stays is in it.</param>
/// <param name="Retired">The one whose id goes is in it, and leaves it.</param>
/// <param name="Destinations">The tools it feeds.</param>
public sealed record ReachedSegment(Guid Id, string Name, bool Survivor, bool Retired, string[] Destinations)
{
    /// <summary>Only the one whose id goes is in it: whether the one they become comes in is for its rule to say.</summary>
    public bool IsAtStake => Retired && !Survivor;
}
