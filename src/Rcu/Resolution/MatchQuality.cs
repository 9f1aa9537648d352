using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>
/// How right the hub is, measured on what stewards judged. Pairs it joined by itself are drawn at random and checked: that gives
/// its precision. What it asks about gives, band by band, how many duplicates it did not join: that gives its recall.
/// </summary>
public sealed class MatchQuality(RcuDb db)
{
    private static readonly Judgement[] Said = [Judgement.Same, Judgement.Different];
    private static readonly Judgement[] Asked = [Judgement.Undecided, Judgement.Unsure];

    public async Task<MatchQualityFigures> MeasureAsync(ClusterKind kind, CancellationToken ct)
    {
        var last = await db.Set<ResolutionRun>().AsNoTracking().Where(r => r.Kind == kind && r.Scope == ResolutionScope.Full).OrderByDescending(r => r.At).FirstOrDefaultAsync(ct);
        var judged = await db.Matches
            .Where(m => m.Kind == kind && Said.Contains(m.Judgement))
            .GroupBy(m => new
            {
                m.Band,
                Of = m.Probability >= MatchBands.Certain ? MatchBand.Certain : m.Probability >= MatchBands.Probable ? MatchBand.Probable : MatchBand.Doubtful,
            })
            .Select(g => new { g.Key, Same = g.Count(m => m.Judgement == Judgement.Same), All = g.Count() })
            .ToListAsync(ct);
        var waiting = await db.Matches
            .Where(m => m.Kind == kind && m.Band == Band.Review && m.ClosedAt == null && Asked.Contains(m.Judgement))
            .GroupBy(m => m.Probability >= MatchBands.Certain ? MatchBand.Certain : m.Probability >= MatchBands.Probable ? MatchBand.Probable : MatchBand.Doubtful)
            .Select(g => new { g.Key, All = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.All, ct);

        var drawn = judged.Where(j => j.Key.Band == Band.Automatic).ToList();
        var automatic = new JudgedBand(null, last?.Automatic ?? 0, drawn.Sum(j => j.All), drawn.Sum(j => j.Same));
        var asked = Enum.GetValues<MatchBand>().Select(band =>
        {
            var of = judged.Where(j => j.Key.Band == Band.Review && j.Key.Of == band).ToList();
            return new JudgedBand(band, waiting.GetValueOrDefault(band) + of.Sum(j => j.All), of.Sum(j => j.All), of.Sum(j => j.Same));
        }).ToList();
        return MatchQualityFigures.Of(kind, automatic, asked, last);
    }
}

/// <summary>Pairs of one band: how many there are, how many were judged, how many of these are one.</summary>
/// <param name="Band">Null for those the hub joined by itself.</param>
public sealed record JudgedBand(MatchBand? Band, long Pairs, int Judged, int Same)
{
    public Share? Share => Resolution.Share.Of(Same, Judged);
}

/// <summary>Precision and recall of what the hub joins by itself, with what they were computed from.</summary>
/// <param name="Precision">Null until a drawn pair was judged.</param>
/// <param name="Recall">Of the duplicates among the pairs it compared; null while a band it needs has no judgement.</param>
public sealed record MatchQualityFigures(
    ClusterKind Kind, Share? Precision, Share? Recall, JudgedBand Automatic, IReadOnlyList<JudgedBand> Asked, ResolutionRun? Last)
{
    internal static MatchQualityFigures Of(ClusterKind kind, JudgedBand automatic, IReadOnlyList<JudgedBand> asked, ResolutionRun? last) =>
        new(kind, automatic.Share, RecallOf(automatic, asked), automatic, asked, last);

    // Each band weighs by its pairs. A band nobody judged takes the share of all that was judged.
    private static Share? RecallOf(JudgedBand automatic, IReadOnlyList<JudgedBand> asked)
    {
        var (judged, same) = (asked.Sum(b => b.Judged), asked.Sum(b => b.Same));
        if (automatic.Judged == 0 || automatic.Pairs == 0 || (judged == 0 && asked.Any(b => b.Pairs > 0)))
        {
            return null;
        }

        var (joined, joinedSpread) = Total(automatic.Pairs, automatic.Judged, automatic.Same);
        var (missed, missedSpread) = (0.0, 0.0);
        foreach (var band in asked.Where(b => b.Pairs > 0))
        {
            var (total, spread) = band.Judged > 0 ? Total(band.Pairs, band.Judged, band.Same) : Total(band.Pairs, judged, same);
            (missed, missedSpread) = (missed + total, missedSpread + spread);
        }

        if (joined + missed == 0)
        {
            return null;
        }

        var recall = joined / (joined + missed);
        var spreadOfRecall = ((missed * missed * joinedSpread) + (joined * joined * missedSpread)) / Math.Pow(joined + missed, 4);
        var weight = spreadOfRecall > 0 ? recall * (1 - recall) / spreadOfRecall : 0;
        var sample = automatic.Judged + judged;
        return Share.Of(recall, Math.Clamp(weight, 1, sample), sample);
    }

    // How many of the pairs are one, and the variance of that; the share is drawn a little to the middle, as Agresti and Coull do.
    private static (double Total, double Spread) Total(long pairs, int judged, int same)
    {
        var drawn = (same + 2.0) / (judged + 4.0);
        return (pairs * (double)same / judged, pairs * (double)pairs * drawn * (1 - drawn) / judged);
    }
}
