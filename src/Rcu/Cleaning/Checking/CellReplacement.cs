namespace Rcu.Cleaning.Checking;

/// <summary>A text to be replaced in one column.</summary>
/// <param name="Whole">The cell must be that text, and not only hold it.</param>
/// <param name="Problem">Only the rows on which it was met; null for all.</param>
public sealed record CellReplacement(string Column, string Sought, string Replacement, bool Whole, (string Field, string Code)? Problem);
