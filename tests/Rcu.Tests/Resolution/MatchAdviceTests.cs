using Rcu.Matching;
using Rcu.Resolution;

namespace Rcu.Tests.Resolution;

/// <summary>What decisions say of the cuts, and when they say too little.</summary>
public class MatchAdviceTests
{
    [Fact]
    public void Few_decisions_advise_nothing()
    {
        var advice = MatchAdvice.Of([.. Enumerable.Repeat(new JudgedPair(.99, true), 40)]);

        Assert.Equal((40, null, null), (advice.Judged, advice.Automatic, advice.Review));
    }

    [Fact]
    public void The_lowest_cut_that_is_right_with_confidence_is_advised_and_so_is_the_highest_below_which_nothing_is_missed()
    {
        var judged = Enumerable.Range(0, 400).Select(_ => new JudgedPair(.985, true))
            .Concat(Enumerable.Range(0, 100).Select(i => new JudgedPair(.75, i % 2 == 0)))
            .Concat(Enumerable.Range(0, 100).Select(_ => new JudgedPair(.35, false)));

        var advice = MatchAdvice.Of([.. judged]);

        Assert.Equal(.80, advice.Automatic!.Cut);
        Assert.InRange(advice.Automatic.Share!.Low, MatchAdvice.Wanted, 1);
        Assert.Equal(.70, advice.Review!.Cut);
        Assert.InRange(advice.Review.Share!.High, 0, MatchAdvice.Missed);
    }

    [Theory]
    [InlineData(20, 100, 80, 100, true)]
    [InlineData(75, 100, 80, 100, false)]
    [InlineData(0, 20, 80, 100, false)]
    public void Only_what_is_more_than_chance_is_told_as_drift(int same, int judged, int sameBefore, int judgedBefore, bool drifts) =>
        Assert.Equal(drifts, MatchAdvice.Drift(ClusterKind.Account, Band.Review, Share.Of(same, judged), Share.Of(sameBefore, judgedBefore)) is not null);
}
