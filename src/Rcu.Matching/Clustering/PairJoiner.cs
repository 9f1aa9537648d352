using Rcu.Matching.Scoring;

namespace Rcu.Matching.Clustering;

/// <summary>Turns weights into bands and bands into clusters, the stewards' decisions first, then the strongest pair.</summary>
internal sealed class PairJoiner(MatchIndex index, Verdicts verdicts)
{
    private const string ByDecision = "decision";

    public MatchResult Join(PairTable pairs, IReadOnlyList<RuleReport> blocking)
    {
        var clusters = new Clusters(index, verdicts);
        var judged = new JudgedPairs(index);
        foreach (var (left, right) in verdicts.Same)
        {
            var veto = clusters.Force(left, right);
            judged.Add(left, right, index.Model.Score(left, right).Weight, veto is null ? Band.Automatic : Band.Review, ByDecision, veto);
        }

        var decided = verdicts.Same.ToHashSet();
        foreach (var i in Strongest(pairs))
        {
            ref readonly var pair = ref pairs[i];
            if (decided.Count == 0 || !decided.Contains((pair.Left, pair.Right)))
            {
                var (band, veto) = Judge(clusters, pair.Left, pair.Right, pair.Score);
                judged.Add(pair.Left, pair.Right, pair.Score.Weight, band, index.RuleName(pair.Rule), veto);
            }
        }

        return new MatchResult(index, ClustersByIndex(clusters), judged, blocking);
    }

    private (Band Band, string? Veto) Judge(Clusters clusters, int left, int right, PairScore score)
    {
        var own = OwnVeto(left, right, score.Pattern);
        if (own is not null)
        {
            return (own == Vetoes.Contradiction ? Band.Review : Band.Rejected, own);
        }

        if (Model.Probability(score.Weight) < index.Settings.AutoThreshold)
        {
            return (Band.Review, null);
        }

        var veto = clusters.Join(left, right);
        return (veto is null ? Band.Automatic : Band.Review, veto);
    }

    private string? OwnVeto(int left, int right, ulong pattern) =>
        verdicts.Part(left, right) ? Vetoes.Decision
            : index.VetoOf(left, right, pattern) ?? (IsUniqueSource(left, right) ? Vetoes.Source : null);

    private bool IsUniqueSource(int left, int right)
    {
        if (index.SourceCode(left) != index.SourceCode(right))
        {
            return false;
        }

        return index.Settings.LinksLists
            || (index.Settings.SourcesWithoutDuplicates.Count > 0
                && index.Settings.SourcesWithoutDuplicates.Contains(index.RecordSource(index.IndexOf(left))));
    }

    // The pairs from the review cut up, the strongest first, then in row order.
    private int[] Strongest(PairTable pairs)
    {
        var floor = Model.BitsOf(index.Settings.ReviewThreshold);
        var order = new List<int>(pairs.Count);
        for (var i = 0; i < pairs.Count; i++)
        {
            if (pairs[i].Score.Weight >= floor)
            {
                order.Add(i);
            }
        }

        var sorted = order.ToArray();
        var keys = Array.ConvertAll(sorted, i => -pairs[i].Score.Weight);
        Array.Sort(keys, sorted);
        for (var start = 0; start < sorted.Length;)
        {
            var end = start + 1;
            while (end < sorted.Length && keys[end] == keys[start])
            {
                end++;
            }

            Array.Sort(sorted, start, end - start, Comparer<int>.Create((a, b) =>
                pairs[a].Left != pairs[b].Left ? pairs[a].Left.CompareTo(pairs[b].Left) : pairs[a].Right.CompareTo(pairs[b].Right)));
            start = end;
        }

        return sorted;
    }

    // A cluster is named by the record of it whose key comes first.
    private int[] ClustersByIndex(Clusters clusters)
    {
        var clusterOf = new int[index.Count];
        for (var root = 0; root < clusterOf.Length; root++)
        {
            if (clusters.RootOf(root) != root)
            {
                continue;
            }

            var first = root;
            for (var row = clusters.Next(root); row >= 0; row = clusters.Next(row))
            {
                var byKey = index.KeyBytes(row).SequenceCompareTo(index.KeyBytes(first));
                first = byKey < 0 || (byKey == 0 && index.IndexOf(row) < index.IndexOf(first)) ? row : first;
            }

            for (var row = root; row >= 0; row = clusters.Next(row))
            {
                clusterOf[index.IndexOf(row)] = index.IndexOf(first);
            }
        }

        return clusterOf;
    }
}
