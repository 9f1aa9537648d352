namespace Rcu.Matching;

/// <summary>A known record that an unknown one may be, with the reasons.</summary>
public sealed record Candidate(int Index, double Probability, Explanation Explanation);
