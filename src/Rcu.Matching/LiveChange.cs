namespace Rcu.Matching;

/// <summary>What some changes of records did to the entities.</summary>
/// <param name="Clusters">The clusters whose records are not the same as before, and those of every changed record.</param>
/// <param name="Gone">The ids of clusters that have no record left.</param>
/// <param name="Splits">The clusters that the evidence does not hold together any more.</param>
/// <param name="Pairs">The pairs of the changed records from the review cut up, as they are judged now.</param>
public sealed record LiveChange(
    IReadOnlyList<LiveCluster> Clusters, IReadOnlyList<long> Gone, IReadOnlyList<LiveSplit> Splits, IReadOnlyList<ScoredPair> Pairs);

/// <summary>A cluster as it is now.</summary>
/// <param name="Id">Stable: that of the former cluster that most of its records come from.</param>
/// <param name="Records">Its records, by their place; a record that was added comes after all others.</param>
/// <param name="Retired">The ids that lead to this one from now on.</param>
public sealed record LiveCluster(long Id, IReadOnlyList<int> Records, IReadOnlyList<long> Retired);

/// <summary>A cluster that came apart, and the clusters its records are in now: the first has kept its id.</summary>
public sealed record LiveSplit(long Id, IReadOnlyList<long> Into);
