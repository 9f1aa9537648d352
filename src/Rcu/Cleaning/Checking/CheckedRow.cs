using Rcu.Ingestion.Reading;

namespace Rcu.Cleaning.Checking;

/// <summary>One row of a file as the check finds it: what it would be, or why it cannot go in.</summary>
internal sealed record CheckedRow(long Place, long Line, string? Key, CleanedRecord? Cleaned, RejectReason? Refused)
{
    /// <summary>All there is to say of it.</summary>
    public IReadOnlyList<RowProblem> Problems => Refused is { } reason
        ? [new RowProblem(reason.Column ?? "", reason.Code, "Rejected", reason.Value, reason.Message)]
        : [.. Cleaned!.Issues.Select(issue => new RowProblem(issue.Field, issue.Code, issue.Severity.ToString(), issue.Value, issue.Message))];
}
