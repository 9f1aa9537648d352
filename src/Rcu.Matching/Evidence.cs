namespace Rcu.Matching;

/// <summary>What one comparison says of two records, with the values it compared, normalised.</summary>
/// <param name="Weight">In bits: how much likelier this level is for one entity than for two.</param>
/// <param name="TermFrequencyPart">In bits, on top of the weight: a rare value says more, a common one less.</param>
public sealed record Evidence(
    string Field, string? Left, string? Right, string Level, double Weight, double TermFrequencyPart);
