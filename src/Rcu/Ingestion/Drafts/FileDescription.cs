using Rcu.Customers;

namespace Rcu.Ingestion.Drafts;

/// <summary>What a person says of a file: how it is read, where it comes from, what its rows are and why they were collected.</summary>
public sealed record FileDescription(FeedOptions Options, string? SourceName, string? SourceLabel, RecordKind? Kind)
{
    public string? Purpose { get; init; }

    public string? LegalBasis { get; init; }

    public int? ExpectedDays { get; init; }

    /// <summary>The file is the whole state of its source.</summary>
    public bool IsWhole { get; init; }
}
