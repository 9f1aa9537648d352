namespace Rcu.Matching.Scoring;

/// <summary>What two records weigh together.</summary>
/// <param name="Weight">In bits, prior included.</param>
/// <param name="Frequency">The part of it that the rarity of their values adds or takes.</param>
/// <param name="Pattern">The level of each comparison, four bits each.</param>
internal readonly record struct PairScore(double Weight, double Frequency, ulong Pattern);
