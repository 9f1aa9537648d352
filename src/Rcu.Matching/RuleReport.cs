namespace Rcu.Matching;

/// <summary>What one blocking rule brought to the comparison, and what it had to leave out.</summary>
/// <param name="Pairs">Pairs that this rule was the first to find.</param>
/// <param name="Skipped">Pairs of its large blocks that the budget left out.</param>
public sealed record RuleReport(string Rule, int Blocks, long Pairs, int LargestBlock, long Skipped);
