namespace Rcu.Matching;

/// <summary>What a run found: the entities, the pairs they rest on or that a person should see, and the reasons.</summary>
public sealed class MatchResult
{
    private readonly ScoredPair?[] _joinedBy;
    private readonly Dictionary<(int, int), ScoredPair> _byRecords;

    internal MatchResult(
        MatchIndex index,
        IReadOnlyList<int> clusterOf,
        IReadOnlyList<ScoredPair> pairs,
        IReadOnlyList<RuleReport> blocking,
        ScoredPair?[] joinedBy)
    {
        (Index, ClusterOf, Pairs, Blocking, _joinedBy) = (index, clusterOf, pairs, blocking, joinedBy);
        _byRecords = pairs.ToDictionary(pair => (pair.Left, pair.Right));
    }

    public MatchIndex Index { get; }

    /// <summary>For each record, the record of its cluster whose key comes first.</summary>
    public IReadOnlyList<int> ClusterOf { get; }

    /// <summary>The pairs at or above the review cut, and those a steward joined, the heaviest first.</summary>
    public IReadOnlyList<ScoredPair> Pairs { get; }

    public IReadOnlyList<RuleReport> Blocking { get; }

    /// <summary>Why any two records are, or are not, one.</summary>
    public Explanation Explain(int left, int right)
    {
        var (a, b) = (Index.RowOf(left), Index.RowOf(right));
        var pair = _byRecords.GetValueOrDefault(a < b ? (left, right) : (right, left));
        return Index.ExplainRows(a, b, Index.KeyOf(a), Index.KeyOf(b),
            pair?.Rule ?? Index.RuleOf(Math.Min(a, b), Math.Max(a, b)), pair is null ? Index.VetoOf(a, b) : pair.Veto);
    }

    /// <summary>The strongest pair that joined a record to its cluster; null when it stands alone.</summary>
    public ScoredPair? JoinedBy(int record) => _joinedBy[record];

    /// <summary>The known records that these values may be, best first, down to the least probability asked for.</summary>
    public IReadOnlyList<Candidate> Candidates(IReadOnlyList<string?> values, int most = 10, double least = .01) =>
        Index.Candidates(values, most, least);
}
