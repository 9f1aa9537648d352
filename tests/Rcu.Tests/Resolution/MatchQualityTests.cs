using Rcu.Matching;
using Rcu.Resolution;

namespace Rcu.Tests.Resolution;

public class MatchQualityTests
{
    [Theory]
    [InlineData(0, 10, 0, .2775)]
    [InlineData(10, 10, .7225, 1)]
    [InlineData(95, 100, .8882, .9785)]
    public void A_share_has_the_interval_of_Wilson(int right, int judged, double low, double high)
    {
        var share = Share.Of(right, judged)!;

        Assert.Equal((low, high), (Math.Round(share.Low, 4), Math.Round(share.High, 4)));
    }

    [Fact]
    public void Nothing_judged_is_nothing_known() => Assert.Null(Share.Of(0, 0));

    [Fact]
    public void Recall_weighs_each_band_by_its_pairs()
    {
        var figures = MatchQualityFigures.Of(
            ClusterKind.Account,
            new JudgedBand(null, 900, 100, 100),
            [new JudgedBand(MatchBand.Probable, 100, 50, 45), new JudgedBand(MatchBand.Doubtful, 100, 50, 5)],
            null);

        Assert.Equal(.9, figures.Recall!.Value, 9);
        Assert.InRange(figures.Recall.Low, .8, .9);
        Assert.InRange(figures.Recall.High, .9, 1);
    }

    [Fact]
    public void Recall_is_unknown_while_what_is_asked_was_never_judged()
    {
        var figures = MatchQualityFigures.Of(
            ClusterKind.Account, new JudgedBand(null, 900, 100, 100), [new JudgedBand(MatchBand.Probable, 100, 0, 0)], null);

        Assert.Null(figures.Recall);
    }

    [Fact]
    public void Lean_evidence_is_read_as_it_was_written()
    {
        Evidence[] evidence = [new("name", "société « à »", "société « à »", "same", 8.25, 3.5), new("phone", "1", null, "missing", 0, 0), new("web", "a.fr", "b.fr", "different", -1.5, 0)];

        Assert.Equal(evidence, EvidenceText.Read(EvidenceText.LeanText(evidence)));
    }
}
