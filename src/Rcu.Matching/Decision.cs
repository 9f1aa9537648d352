namespace Rcu.Matching;

/// <summary>What a steward said of two records; it outlives every run and wins over any score.</summary>
public sealed record Decision(string LeftKey, string RightKey, Verdict Verdict);

public enum Verdict
{
    Same,
    Different,
}
