using Rcu.Demo;

namespace Rcu.Tests.Demo;

public class PairQualityTests
{
    [Fact]
    public void Precision_and_recall_count_pairs_over_all_true_ones()
    {
        var truth = new Dictionary<string, string> { ["a"] = "1", ["b"] = "1", ["c"] = "1", ["d"] = "2", ["e"] = "" };
        var found = new Dictionary<string, int> { ["a"] = 7, ["b"] = 7, ["d"] = 7, ["e"] = 7 };

        var quality = PairQuality.Of(truth, found);

        Assert.Equal((0.3333, 0.3333), (quality.Precision, quality.Recall));
    }
}
