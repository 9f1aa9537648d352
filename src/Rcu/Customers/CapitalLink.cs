using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Customers;

/// <summary>One account owns part of another, or is a place of it, as a source says it. The open Sirene register does not hold these.</summary>
public sealed class CapitalLink
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid ParentId { get; init; }

    public required Guid ChildId { get; init; }

    public TieNature Nature { get; init; }

    /// <summary>0 to 100; null when only the link is known.</summary>
    public decimal? Percentage { get; set; }

    public DateOnly? StartedOn { get; set; }

    public DateOnly? EndedOn { get; set; }

    public required string Source { get; init; }

    public Guid? RecordId { get; init; }
}

/// <summary>What makes one account hang on another.</summary>
public enum TieNature
{
    /// <summary>A mother and her subsidiary.</summary>
    Capital,

    /// <summary>A head office and a place of the same company that is kept as an account of its own.</summary>
    Establishment,
}

internal sealed class CapitalLinkTable : IEntityTypeConfiguration<CapitalLink>
{
    public void Configure(EntityTypeBuilder<CapitalLink> link) => link.ToTable("capital_links");
}
