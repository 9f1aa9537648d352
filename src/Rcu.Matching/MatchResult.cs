using Rcu.Matching.Clustering;

namespace Rcu.Matching;

/// <summary>What a run found: the entities, the pairs they rest on or that a person should see, and the reasons.</summary>
public sealed class MatchResult
{
    private readonly PairJudge _judge;
    private readonly JudgedPairs _pairs;
    private readonly Lazy<IReadOnlyList<SuspectCluster>> _suspects;

    internal MatchResult(
        MatchIndex index, PairJudge judge, Clusters clusters, JudgedPairs pairs, IReadOnlyList<RuleReport> blocking)
    {
        (Index, _judge, Clusters, _pairs, Blocking) = (index, judge, clusters, pairs, blocking);
        ClusterOf = ClusterNames.Of(index, clusters);
        _suspects = new Lazy<IReadOnlyList<SuspectCluster>>(() => SuspectClusters.Of(index, judge.Model, clusters));
    }

    public MatchIndex Index { get; }

    /// <summary>For each record, the record of its cluster whose key comes first.</summary>
    public IReadOnlyList<int> ClusterOf { get; }

    /// <summary>The pairs at or above the review cut, and those a steward joined, the heaviest first.</summary>
    public IReadOnlyList<ScoredPair> Pairs => _pairs;

    public IReadOnlyList<RuleReport> Blocking { get; }

    /// <summary>The clusters that a person should look at, the most doubtful first.</summary>
    public IReadOnlyList<SuspectCluster> Suspects => _suspects.Value;

    /// <summary>The weights in force, to be kept and given again: a later run then weighs alike.</summary>
    public MatchModel Model => _judge.Model.Frozen();

    internal PairJudge Judge => _judge;

    internal Clusters Clusters { get; }

    internal JudgedPairs Judged => _pairs;

    /// <summary>Why any two records are, or are not, one.</summary>
    public Explanation Explain(int left, int right)
    {
        var (a, b) = (Index.RowOf(left), Index.RowOf(right));
        var pair = _pairs.Of(a, b);
        return Index.ExplainRows(
            _judge.Model,
            a,
            b,
            (Index.KeyOf(a), Index.KeyOf(b)),
            pair?.Rule ?? Index.RuleOf(a, b),
            pair is null ? Index.VetoOf(a, b, _judge.Model.Score(a, b).Pattern) : pair.Veto);
    }

    /// <summary>The same for a pair of this result, which need not be looked for.</summary>
    public Explanation Explain(ScoredPair pair)
    {
        var (a, b) = (Index.RowOf(pair.Left), Index.RowOf(pair.Right));
        return Index.ExplainRows(_judge.Model, a, b, (Index.KeyOf(a), Index.KeyOf(b)), pair.Rule, pair.Veto);
    }

    /// <summary>The strongest pair that joined a record to its cluster; null when it stands alone.</summary>
    public ScoredPair? JoinedBy(int record) => _pairs.JoinedBy(Index.RowOf(record));

    /// <summary>
    /// Every pair of records that are in one cluster, what was never compared included; of a cluster larger than asked for,
    /// the scored pairs alone.
    /// </summary>
    public IEnumerable<ScoredPair> PairsOfClusters(int largest = 60)
    {
        for (var root = 0; root < Index.Count; root++)
        {
            if (Clusters.RootOf(root) != root || Clusters.Next(root) < 0)
            {
                continue;
            }

            var rows = Clusters.Members(root);
            rows.Sort();
            for (var i = 0; i < rows.Count; i++)
            {
                for (var j = i + 1; j < rows.Count; j++)
                {
                    if ((_pairs.Of(rows[i], rows[j]) ?? (rows.Count <= largest ? Weighed(rows[i], rows[j]) : null)) is { } pair)
                    {
                        yield return pair;
                    }
                }
            }
        }
    }

    /// <summary>The known records that these values may be, best first, down to the least probability asked for.</summary>
    public IReadOnlyList<Candidate> Candidates(IReadOnlyList<string?> values, int most = 10, double least = .01) =>
        Index.Candidates(values, most, least);

    /// <summary>
    /// What the answer would be with other cuts, other sources without duplicates or other weights: nothing is compared
    /// again. Pairs that weighed four bits less than the review cut of the run are not known any more.
    /// </summary>
    public MatchResult WhatIf(MatchSettings settings)
    {
        var model = settings.Model is { } given ? Scoring.Model.Given(given, Index.Evidence.All, Index.Count) : _judge.Model;
        return PairJoiner.Join(Index, new PairJudge(Index, settings, model, _judge.Verdicts), _pairs.Table, Blocking);
    }

    private ScoredPair Weighed(int left, int right)
    {
        var weight = _judge.Model.Score(left, right).Weight;
        return new ScoredPair(
            Index.IndexOf(left), Index.IndexOf(right), weight, Scoring.Model.Probability(weight), Band.Automatic, Index.RuleOf(left, right), null);
    }
}
