using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Ingestion.Pulling;

/// <summary>What a person should look at on a connection: a column that went, a volume unlike the usual, a silence.</summary>
public sealed class SourceAlert
{
    public const string ColumnMissing = "alert.column_missing";
    public const string ColumnNew = "alert.column_new";
    public const string Volume = "alert.volume";
    public const string Stale = "alert.stale";
    public const string Absent = "alert.absent";
    public const string AbsentUnread = "alert.absent_unread";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid ConnectionId { get; init; }

    /// <summary>The key of its text.</summary>
    public required string Code { get; init; }

    /// <summary>The column it speaks of; empty when it speaks of the whole.</summary>
    public string Subject { get; init; } = "";

    /// <summary>What its text says <c>{0}</c> and <c>{1}</c> for.</summary>
    public List<string> Details { get; set; } = [];

    public Guid? RunId { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; set; }
}

internal sealed class SourceAlertTable : IEntityTypeConfiguration<SourceAlert>
{
    public void Configure(EntityTypeBuilder<SourceAlert> alert) => alert.ToTable("source_alerts");
}
