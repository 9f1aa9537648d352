using Rcu.Matching.Scoring;

namespace Rcu.Matching.Clustering;

/// <summary>Turns weights into bands and bands into clusters, the stewards' decisions first, then the strongest pair.</summary>
internal static class PairJoiner
{
    // How many pairs before it is judged a pair is asked for.
    private const int Ahead = 8;

    public static MatchResult Join(MatchIndex index, PairJudge judge, PairTable pairs, IReadOnlyList<RuleReport> blocking)
    {
        var clusters = new Clusters(index, judge);
        var judged = new JudgedPairs(index, pairs);
        foreach (var (left, right) in judge.Verdicts.Same)
        {
            var veto = clusters.Force(left, right);
            judged.Add(
                left, right, judge.Model.Score(left, right).Weight, veto is null ? Band.Automatic : Band.Review, JudgedPairs.ByDecision, veto);
        }

        var decided = judge.Verdicts.Same.ToHashSet();
        var (order, weights) = Strongest(pairs, judge);
        var vetoes = judge.OwnVetoes(pairs, order, index.Options);
        for (var i = 0; i < order.Length; i++)
        {
            if (i + Ahead < order.Length)
            {
                ref readonly var next = ref pairs[order[i + Ahead]];
                index.Evidence.Rows.Prefetch(next.Left);
                index.Evidence.Rows.Prefetch(next.Right);
                clusters.Prefetch(next.Left);
                clusters.Prefetch(next.Right);
            }

            ref readonly var pair = ref pairs[order[i]];
            if (decided.Count == 0 || !decided.Contains((pair.Left, pair.Right)))
            {
                var (band, veto) = judge.Judge(clusters, pair.Left, pair.Right, weights[i], vetoes[i]);
                judged.Add(pair.Left, pair.Right, weights[i], band, pair.Rule, veto);
            }
        }

        return new MatchResult(index, judge, clusters, judged, blocking);
    }

    // The pairs from the review cut up, the strongest first, then in row order.
    private static (int[] Order, double[] Weights) Strongest(PairTable pairs, PairJudge judge)
    {
        var order = new List<int>(pairs.Count);
        var weights = new List<double>(pairs.Count);
        for (var i = 0; i < pairs.Count; i++)
        {
            var weight = judge.WeightOf(pairs[i].Score);
            if (weight >= judge.ReviewFloor)
            {
                order.Add(i);
                weights.Add(-weight);
            }
        }

        var (sorted, keys) = (order.ToArray(), weights.ToArray());
        Array.Sort(keys, sorted);
        for (var start = 0; start < sorted.Length;)
        {
            var end = start + 1;
            while (end < sorted.Length && keys[end] == keys[start])
            {
                end++;
            }

            Array.Sort(sorted, start, end - start, Comparer<int>.Create((a, b) => pairs.CompareRows(a, b)));
            start = end;
        }

        return (sorted, Array.ConvertAll(keys, key => -key));
    }
}
