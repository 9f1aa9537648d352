using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Ingestion;

/// <summary>A system that knows something of our customers: a CRM, an ERP, a fair's spreadsheet, what is typed in the hub.</summary>
public sealed class Source
{
    /// <summary>The source of what people type in the hub itself: it wins over all others.</summary>
    public const string Saisie = "saisie";

    /// <summary>The French register: it enriches accounts that other sources know, and makes none by itself.</summary>
    public const string Sirene = "sirene";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Short and stable: <c>crm</c>, <c>erp</c>.</summary>
    public required string Name { get; init; }

    public required string Label { get; set; }

    /// <summary>The smaller, the more it is believed when sources disagree.</summary>
    public required int Priority { get; set; }

    /// <summary>It is known to hold each company or person once: two of its records are never the same one.</summary>
    public bool WithoutDuplicates { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class SourceTable : IEntityTypeConfiguration<Source>
{
    public void Configure(EntityTypeBuilder<Source> source) => source.ToTable("sources");
}
