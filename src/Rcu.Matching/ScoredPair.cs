namespace Rcu.Matching;

/// <summary>Two records worth a look: how likely they are one, the blocking rule that found them, the veto that parted them.</summary>
/// <param name="Weight">In bits, prior included: it ranks pairs whose probabilities all round to one.</param>
/// <param name="Veto">
/// Why they are kept apart in spite of the weight: <c>siren</c>, <c>decision</c>, <c>source</c> <c>contradiction</c> or <c>bridge</c>.
/// </param>
public sealed record ScoredPair(
    int Left, int Right, double Weight, double Probability, Band Band, string Rule, string? Veto);

public enum Band
{
    Automatic,
    Review,
    Rejected,
}
