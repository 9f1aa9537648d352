using Rcu.Ingestion.Reading;

namespace Rcu.Cleaning.Checking;

/// <summary>One row of a file as the check finds it: what it would be, or why it cannot go in.</summary>
internal sealed record CheckedRow(long Place, long Line, string? Key, CleanedRecord? Cleaned, RejectReason? Refused);
