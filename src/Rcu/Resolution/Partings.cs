using Rcu.Data;
using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>Says of two parts of a golden row that they are one, or that they are not: a decision between their records.</summary>
internal sealed class Partings(RcuDb db, TimeProvider clock)
{
    // Of two large parts, some records speak for all.
    public const int Sample = 12;

    public Task<StewardDecision> DecideAsync(
        ClusterKind kind, IReadOnlyList<Guid> kept, IReadOnlyList<Guid> parted, Verdict verdict, string? reason, string by, CancellationToken ct) =>
        new Verdicts(db, clock).SayAsync(
            kind, verdict, kept, parted, verdict is Verdict.Different ? Sample : 1, reason, Guid.CreateVersion7(clock.GetUtcNow()), by, ct);
}
