using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Cleaning;

/// <summary>What a cleaning rule has to say of one value of one record.</summary>
public sealed class RecordIssue
{
    public required Guid RecordId { get; init; }

    public required string Field { get; init; }

    public required string Code { get; init; }

    public string? Value { get; init; }

    public required Severity Severity { get; init; }

    /// <summary>A French sentence.</summary>
    public required string Message { get; init; }
}

/// <summary>Whether the value was kept in spite of it.</summary>
public enum Severity
{
    Warning,
    Error,
}

internal sealed class RecordIssueTable : IEntityTypeConfiguration<RecordIssue>
{
    public void Configure(EntityTypeBuilder<RecordIssue> issue)
    {
        issue.ToTable("issues");
        issue.HasKey(i => new { i.RecordId, i.Field, i.Code });
    }
}
