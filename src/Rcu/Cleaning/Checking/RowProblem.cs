namespace Rcu.Cleaning.Checking;

/// <summary>What is wrong on one row of a file.</summary>
/// <param name="Field">The canonical field, or the column when the row itself cannot be read.</param>
/// <param name="Severity"><c>Warning</c>, <c>Error</c> or <c>Rejected</c>.</param>
public sealed record RowProblem(string Field, string Code, string Severity, string? Value, string Message);
