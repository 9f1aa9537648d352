using Rcu.Matching.Blocking;
using Rcu.Matching.Scoring;

namespace Rcu.Matching.Clustering;

/// <summary>Turns weights into bands and bands into clusters, the stewards' decisions first, then the strongest pair.</summary>
internal sealed class PairJoiner(MatchIndex index, Verdicts verdicts)
{
    private const string ByDecision = "decision";

    private sealed record Edge(int Left, int Right, double Weight, string Rule);

    public MatchResult Join(List<CandidatePair> candidates, double[] weights, IReadOnlyList<RuleReport> blocking)
    {
        var clusters = new Clusters(index, verdicts);
        var joinedBy = new ScoredPair?[index.Records.Count];
        var pairs = new List<ScoredPair>();
        foreach (var (left, right) in verdicts.Same)
        {
            var edge = new Edge(left, right, index.Model.Score(left, right), ByDecision);
            var veto = clusters.Force(left, right);
            Add(pairs, joinedBy, edge, veto is null ? Band.Automatic : Band.Review, veto);
        }

        foreach (var edge in Strongest(candidates, weights))
        {
            Judge(clusters, pairs, joinedBy, edge);
        }

        return new MatchResult(index, ClustersByIndex(clusters), SortedPairs(pairs), blocking, joinedBy);
    }

    private void Judge(Clusters clusters, List<ScoredPair> pairs, ScoredPair?[] joinedBy, Edge edge)
    {
        var own = OwnVeto(edge.Left, edge.Right);
        if (own == Vetoes.Contradiction)
        {
            Add(pairs, joinedBy, edge, Band.Review, own);
        }
        else if (own is not null)
        {
            Add(pairs, joinedBy, edge, Band.Rejected, own);
        }
        else if (Model.Probability(edge.Weight) < index.Settings.AutoThreshold)
        {
            Add(pairs, joinedBy, edge, Band.Review, null);
        }
        else
        {
            var veto = clusters.Join(edge.Left, edge.Right);
            Add(pairs, joinedBy, edge, veto is null ? Band.Automatic : Band.Review, veto);
        }
    }

    private string? OwnVeto(int left, int right)
    {
        if (verdicts.Part(left, right))
        {
            return Vetoes.Decision;
        }

        var source = index.SourceOf(left);
        return index.VetoOf(left, right)
            ?? (source == index.SourceOf(right) && index.Settings.SourcesWithoutDuplicates.Contains(source)
                ? Vetoes.Source
                : null);
    }

    private void Add(List<ScoredPair> pairs, ScoredPair?[] joinedBy, Edge edge, Band band, string? veto)
    {
        var (left, right) = (index.IndexOf(edge.Left), index.IndexOf(edge.Right));
        var pair = new ScoredPair(left, right, edge.Weight, Model.Probability(edge.Weight), band, edge.Rule, veto);
        pairs.Add(pair);
        if (band == Band.Automatic)
        {
            joinedBy[left] ??= pair;
            joinedBy[right] ??= pair;
        }
    }

    private List<Edge> Strongest(List<CandidatePair> candidates, double[] weights)
    {
        var decided = verdicts.Same.ToHashSet();
        var edges = new List<Edge>();
        for (var i = 0; i < weights.Length; i++)
        {
            var pair = candidates[i];
            if (Model.Probability(weights[i]) >= index.Settings.ReviewThreshold && !decided.Contains((pair.Left, pair.Right)))
            {
                edges.Add(new Edge(pair.Left, pair.Right, weights[i], index.Tables[pair.Rule].Rule.Name));
            }
        }

        edges.Sort((a, b) =>
        {
            var byWeight = b.Weight.CompareTo(a.Weight);
            var byLeft = byWeight != 0 ? byWeight : a.Left.CompareTo(b.Left);
            return byLeft != 0 ? byLeft : a.Right.CompareTo(b.Right);
        });
        return edges;
    }

    private static List<ScoredPair> SortedPairs(List<ScoredPair> pairs) =>
        [.. pairs.Select((pair, i) => (pair, i)).OrderByDescending(entry => entry.pair.Weight).ThenBy(entry => entry.i)
            .Select(entry => entry.pair)];

    private int[] ClustersByIndex(Clusters clusters)
    {
        var clusterOf = new int[index.Records.Count];
        for (var row = 0; row < clusterOf.Length; row++)
        {
            clusterOf[index.IndexOf(row)] = index.IndexOf(clusters.RootOf(row));
        }

        return clusterOf;
    }
}
