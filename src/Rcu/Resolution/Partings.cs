using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>Says of two parts of a golden row that they are one, or that they are not: a decision between their records.</summary>
internal sealed class Partings(RcuDb db, TimeProvider clock)
{
    // Of two large parts, some records speak for all.
    public const int Sample = 12;

    public async Task DecideAsync(
        ClusterKind kind, IReadOnlyList<Guid> kept, IReadOnlyList<Guid> parted, Verdict verdict, string? reason, string by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var between = await db.Decisions
            .Where(d => d.Kind == kind && d.RevokedAt == null
                && ((kept.Contains(d.LeftRecordId) && parted.Contains(d.RightRecordId)) || (parted.Contains(d.LeftRecordId) && kept.Contains(d.RightRecordId))))
            .ToListAsync(ct);

        // A contrary word would stand against this one: the newer wins.
        foreach (var contrary in between.Where(d => d.Verdict != verdict))
        {
            contrary.Revoke(by, now);
        }

        var said = between.Where(d => d.Verdict == verdict).Select(d => (d.LeftRecordId, d.RightRecordId)).ToHashSet();
        var speaking = verdict is Verdict.Different ? Sample : 1;
        db.Decisions.AddRange(kept.Take(speaking)
            .SelectMany(one => parted.Take(speaking).Select(other => one.CompareTo(other) < 0 ? (Left: one, Right: other) : (Left: other, Right: one)))
            .Where(pair => !said.Contains((pair.Left, pair.Right)))
            .Select(pair => new StewardDecision
            {
                Kind = kind,
                LeftRecordId = pair.Left,
                RightRecordId = pair.Right,
                Verdict = verdict,
                Reason = reason,
                DecidedBy = by,
                DecidedAt = now,
            }));
    }
}
