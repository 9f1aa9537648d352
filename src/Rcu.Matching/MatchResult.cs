using Rcu.Matching.Clustering;

namespace Rcu.Matching;

/// <summary>What a run found: the entities, the pairs they rest on or that a person should see, and the reasons.</summary>
public sealed class MatchResult
{
    private readonly JudgedPairs _pairs;

    internal MatchResult(MatchIndex index, IReadOnlyList<int> clusterOf, JudgedPairs pairs, IReadOnlyList<RuleReport> blocking)
    {
        (Index, ClusterOf, _pairs, Blocking) = (index, clusterOf, pairs, blocking);
    }

    public MatchIndex Index { get; }

    /// <summary>For each record, the record of its cluster whose key comes first.</summary>
    public IReadOnlyList<int> ClusterOf { get; }

    /// <summary>The pairs at or above the review cut, and those a steward joined, the heaviest first.</summary>
    public IReadOnlyList<ScoredPair> Pairs => _pairs;

    public IReadOnlyList<RuleReport> Blocking { get; }

    /// <summary>Why any two records are, or are not, one.</summary>
    public Explanation Explain(int left, int right)
    {
        var (a, b) = (Index.RowOf(left), Index.RowOf(right));
        var pair = _pairs.Of(a, b);
        return Index.ExplainRows(
            a,
            b,
            Index.KeyOf(a),
            Index.KeyOf(b),
            pair?.Rule ?? Index.RuleOf(a, b),
            pair is null ? Index.VetoOf(a, b, Index.Model.Score(a, b).Pattern) : pair.Veto);
    }

    /// <summary>The strongest pair that joined a record to its cluster; null when it stands alone.</summary>
    public ScoredPair? JoinedBy(int record) => _pairs.JoinedBy(Index.RowOf(record));

    /// <summary>The known records that these values may be, best first, down to the least probability asked for.</summary>
    public IReadOnlyList<Candidate> Candidates(IReadOnlyList<string?> values, int most = 10, double least = .01) =>
        Index.Candidates(values, most, least);
}
