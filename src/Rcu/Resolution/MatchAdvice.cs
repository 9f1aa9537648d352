using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>What stewards' decisions say of the cuts in force: where they could be, and whether pairs are judged otherwise of late than before.</summary>
public sealed class MatchAdvice(RcuDb db, TimeProvider clock)
{
    /// <summary>Of the pairs that would be joined without asking, so many are one, 95 times in 100.</summary>
    public const double Wanted = .98;

    /// <summary>Of the pairs nobody would be asked about, no more than so many are one, 95 times in 100.</summary>
    public const double Missed = .05;

    /// <summary>Below so many decisions on each side, nothing is said to have moved.</summary>
    public const int Least = 30;

    private const int Read = 20_000;

    private static readonly double[] Tried = [.50, .60, .70, .80, .85, .90, .925, .95, .96, .97, .98, .985, .99, .995, .998, .999];
    private static readonly double[] Asked = [.80, .70, .60, .50, .40, .30, .25, .20, .15, .10];
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);
    private static readonly TimeSpan Before = TimeSpan.FromDays(210);

    public async Task<CutAdvice> AdviseAsync(ClusterKind kind, CancellationToken ct)
    {
        var judged = await db.Matches.AsNoTracking()
            .Where(m => m.Kind == kind && m.JudgedAt != null && (m.Judgement == Judgement.Same || m.Judgement == Judgement.Different))
            .OrderByDescending(m => m.JudgedAt).Take(Read)
            .Select(m => new JudgedPair(m.Probability, m.Judgement == Judgement.Same)).ToListAsync(ct);
        return Of(judged);
    }

    /// <summary>What moved: the share accepted among the pairs asked about, or among those joined without asking that were drawn.</summary>
    public async Task<IReadOnlyList<MatchDrift>> DriftsAsync(ClusterKind kind, CancellationToken ct)
    {
        var month = clock.GetUtcNow() - Month;
        var before = month - Before;
        var counts = await db.Matches
            .Where(m => m.Kind == kind && m.JudgedAt >= before && (m.Judgement == Judgement.Same || m.Judgement == Judgement.Different))
            .GroupBy(m => new { m.Band, Late = m.JudgedAt >= month })
            .Select(g => new { g.Key.Band, g.Key.Late, All = g.Count(), Same = g.Count(m => m.Judgement == Judgement.Same) }).ToListAsync(ct);
        return
        [
            .. new[] { Band.Review, Band.Automatic }.Select(band =>
            {
                var (late, early) = (counts.Find(c => c.Band == band && c.Late), counts.Find(c => c.Band == band && !c.Late));
                return Drift(kind, band, Share.Of(late?.Same ?? 0, late?.All ?? 0), Share.Of(early?.Same ?? 0, early?.All ?? 0));
            }).OfType<MatchDrift>(),
        ];
    }

    internal static CutAdvice Of(IReadOnlyList<JudgedPair> judged)
    {
        var joins = Tried.Select(cut => (Cut: cut, Of: judged.Where(j => j.Probability >= cut).ToList()))
            .Select(c => new AdvisedCut(c.Cut, Share.Of(c.Of.Count(j => j.IsSame), c.Of.Count)))
            .FirstOrDefault(c => c.Share is { Low: >= Wanted });
        var asks = Asked.Select(cut => (Cut: cut, Of: judged.Where(j => j.Probability < cut).ToList()))
            .Select(c => new AdvisedCut(c.Cut, Share.Of(c.Of.Count(j => j.IsSame), c.Of.Count)))
            .FirstOrDefault(c => c.Share is { High: <= Missed });
        return new CutAdvice(judged.Count, joins, asks);
    }

    // Two intervals that do not meet: more than chance.
    internal static MatchDrift? Drift(ClusterKind kind, Band band, Share? now, Share? before) =>
        now is { Sample: >= Least } && before is { Sample: >= Least } && (now.High < before.Low || now.Low > before.High)
            ? new MatchDrift(kind, band, now, before)
            : null;
}

/// <summary>A pair that was judged.</summary>
internal sealed record JudgedPair(double Probability, bool IsSame);

/// <summary>Where the two cuts could be; null for the one on which too little was decided.</summary>
/// <param name="Judged">The decisions it rests on.</param>
public sealed record CutAdvice(int Judged, AdvisedCut? Automatic, AdvisedCut? Review);

/// <summary>A cut, and how many of the pairs it would join, or leave out, are one.</summary>
public sealed record AdvisedCut(double Cut, Share? Share);

/// <summary>Pairs of one band that are judged otherwise this month than before.</summary>
public sealed record MatchDrift(ClusterKind Kind, Band Band, Share Now, Share Before);
