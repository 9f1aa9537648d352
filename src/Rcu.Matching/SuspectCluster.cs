namespace Rcu.Matching;

/// <summary>A cluster that a person should look at.</summary>
/// <param name="Records">Its records, by their place in the input.</param>
/// <param name="Doubt">Why, as a code of <see cref="Doubts"/>.</param>
/// <param name="Fit">What its records weigh together on average, in bits: the lower, the more doubtful.</param>
public sealed record SuspectCluster(IReadOnlyList<int> Records, string Doubt, double Fit);
