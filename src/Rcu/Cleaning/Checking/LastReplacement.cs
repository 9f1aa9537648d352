namespace Rcu.Cleaning.Checking;

/// <summary>The replacement that can be taken back.</summary>
/// <param name="Cells">What its cells said before, as JSON.</param>
public sealed record LastReplacement(Guid Id, string Column, string Sought, string Replacement, int Count, string Cells);
