using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Customers;
using Rcu.Data;

namespace Rcu.Ingestion;

/// <summary>
/// A declared mapping, kept as data: which file of a source gives which kind of record, under which key, and which of its
/// columns feed which canonical field. It is never edited: a change is a new version.
/// </summary>
public sealed class Feed
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid SourceId { get; init; }

    /// <summary>For example <c>crm_accounts</c>.</summary>
    public required string Name { get; init; }

    public int Version { get; init; } = 1;

    public required RecordKind Kind { get; init; }

    /// <summary>A file name with <c>*</c>: <c>crm_accounts*.csv</c>.</summary>
    public required string FilePattern { get; init; }

    /// <summary>What the reader must be told: encoding, separator, header row… An empty object lets it guess.</summary>
    public JsonElement Format { get; init; } = JsonSerializer.SerializeToElement(new { });

    /// <summary>The columns whose values, joined by <c>|</c>, are the key of a record in its source.</summary>
    public required List<string> KeyColumns { get; init; }

    public required IReadOnlyList<FeedColumn> Columns { get; init; }

    /// <summary>What the data are collected for (GDPR, article 5).</summary>
    public string? Purpose { get; init; }

    /// <summary>The ground for it (GDPR, article 6): <c>consent</c>, <c>contract</c>, <c>legitimate_interest</c>…</summary>
    public string? LegalBasis { get; init; }

    /// <summary>After how many days without a file it is late; null: nobody waits for it.</summary>
    public int? ExpectedDays { get; init; }

    /// <summary>Each of its files is the whole state of the source: records it does not hold are withdrawn.</summary>
    public bool IsWhole { get; init; }

    public bool Active { get; set; } = true;

    /// <summary>It reads again what the versions before it had read.</summary>
    public bool ReadsFormer { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }
}

internal sealed class FeedTable : IEntityTypeConfiguration<Feed>
{
    public void Configure(EntityTypeBuilder<Feed> feed)
    {
        feed.ToTable("feeds");
        feed.Property(f => f.Format).IsJson();
        feed.Property(f => f.Columns).IsJson();
    }
}
