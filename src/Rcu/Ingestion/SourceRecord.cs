using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Customers;

namespace Rcu.Ingestion;

/// <summary>Evidence: one version of what a source says under one key, exactly as received. Insert-only.</summary>
public sealed class SourceRecord
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid SourceId { get; init; }

    public required RecordKind Kind { get; init; }

    public required string ExternalKey { get; init; }

    public required JsonElement Payload { get; init; }

    public required byte[] ContentHash { get; init; }

    public required Guid RunId { get; init; }

    public required Guid FeedId { get; init; }

    /// <summary>The line of the file, from 1.</summary>
    public required long Line { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>It says that the record is no more at its source; an empty payload: a whole state of the source did not hold it.</summary>
    public bool Gone { get; init; }
}

internal sealed class SourceRecordTable : IEntityTypeConfiguration<SourceRecord>
{
    public void Configure(EntityTypeBuilder<SourceRecord> record)
    {
        record.ToTable("source_records");
        record.Property(r => r.Payload).HasColumnType("jsonb");
    }
}
