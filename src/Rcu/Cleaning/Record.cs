using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Customers;
using Rcu.Data;

namespace Rcu.Cleaning;

/// <summary>
/// What a source says under one key, today: it points at the latest version in <c>source_records</c> and holds what Cleaning
/// made of it. Its id is stable, and is the public id of the fact projected from it.
/// </summary>
public sealed class Record
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid SourceId { get; init; }

    public required RecordKind Kind { get; init; }

    public required string ExternalKey { get; init; }

    public required Guid SourceRecordId { get; set; }

    public required byte[] ContentHash { get; set; }

    /// <summary>The run that brought the latest version.</summary>
    public required Guid RunId { get; set; }

    /// <summary>Canonical field to clean text; a field that is unknown is absent.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; set; } = new Dictionary<string, string>();

    /// <summary>Null while Cleaning has not seen the latest version.</summary>
    public DateTimeOffset? CleanedAt { get; set; }

    public int RulesVersion { get; set; }

    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>Set when every run that brought it was undone, or its source withdrew it: it counts for nothing, its evidence stays.</summary>
    public DateTimeOffset? RemovedAt { get; set; }

    /// <summary>When its source said that it is no more there; null when it is, or when only an undo removed it.</summary>
    public DateTimeOffset? GoneAt { get; set; }
}

internal sealed class RecordTable : IEntityTypeConfiguration<Record>
{
    public void Configure(EntityTypeBuilder<Record> record)
    {
        record.ToTable("records");
        record.Property(r => r.Fields).IsJson();
    }
}
