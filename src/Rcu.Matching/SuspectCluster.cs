namespace Rcu.Matching;

/// <summary>A cluster that a person should look at.</summary>
/// <param name="Records">Its records, by their place in the input.</param>
/// <param name="Doubt">Why, as a code of <see cref="Doubts"/>.</param>
/// <param name="Fit">What its records weigh together on average, in bits: the lower, the more doubtful.</param>
/// <param name="Bridge">Where it would part the easiest; null when it is too large to say.</param>
public sealed record SuspectCluster(IReadOnlyList<int> Records, string Doubt, double Fit, WeakBridge? Bridge);

/// <summary>The likeliest pair between the two parts of a cluster that have the least in common.</summary>
/// <param name="Weight">What the two records of the pair weigh, in bits.</param>
/// <param name="Parted">The records of the smaller part.</param>
public sealed record WeakBridge(int Left, int Right, double Weight, IReadOnlyList<int> Parted);
