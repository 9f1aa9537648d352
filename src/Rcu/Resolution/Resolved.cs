using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>What the engine found for some records: all of them after a full resolution, those that changes touched after a partial one.</summary>
internal sealed class Resolved(
    KnownRecords records,
    IReadOnlyList<int> clusterOf,
    IEnumerable<ScoredPair> pairs,
    Func<int, ScoredPair?> joinedBy,
    Func<int, int, Explanation> explain,
    Func<ScoredPair, Explanation> explainPair,
    IReadOnlyList<SuspectCluster> suspects,
    MatchModel? model)
{
    /// <summary>The weights of a full resolution.</summary>
    public MatchModel? Model => model;

    public KnownRecords Records => records;

    /// <summary>For each record, one record of its group.</summary>
    public IReadOnlyList<int> ClusterOf => clusterOf;

    /// <summary>The pairs from the review cut up, the heaviest first.</summary>
    public IEnumerable<ScoredPair> Pairs => pairs;

    /// <summary>The groups a person should look at, the most doubtful first.</summary>
    public IReadOnlyList<SuspectCluster> Suspects => suspects;

    /// <summary>Whether these are all the records there are.</summary>
    public bool IsFull => model is not null;

    public static Resolved Of(KnownRecords records, MatchResult result) =>
        new(records, result.ClusterOf, result.Pairs, result.JoinedBy, result.Explain, result.Explain, result.Suspects, result.Model);

    public ScoredPair? JoinedBy(int record) => joinedBy(record);

    /// <summary>Why two records are, or are not, one. Threads may ask at once.</summary>
    public Explanation Explain(int left, int right) => explain(left, right);

    /// <summary>The same for a pair of these.</summary>
    public Explanation Explain(ScoredPair pair) => explainPair(pair);
}
