using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Customers;

/// <summary>Two contacts know each other, within a company or across companies: <c>reports_to</c>, <c>knows</c>, <c>advises</c>…</summary>
public sealed class Relation
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid FromContactId { get; init; }

    public required Guid ToContactId { get; init; }

    public required string Kind { get; init; }

    public DateOnly? StartedOn { get; set; }

    public DateOnly? EndedOn { get; set; }

    public required string Source { get; init; }

    public Guid? RecordId { get; init; }
}

internal sealed class RelationTable : IEntityTypeConfiguration<Relation>
{
    public void Configure(EntityTypeBuilder<Relation> relation) => relation.ToTable("relations");
}
