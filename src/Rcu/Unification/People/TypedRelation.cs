using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Unification.People;

/// <summary>What someone said binds two contacts, at one company or across companies.</summary>
public sealed class TypedRelation : TypedFact
{
    /// <summary>The record it goes with; <see cref="FromContactId"/> is where it led last.</summary>
    public required Guid FromRecordId { get; init; }

    public required Guid FromContactId { get; set; }

    /// <summary>The record it goes with; <see cref="ToContactId"/> is where it led last.</summary>
    public required Guid ToRecordId { get; init; }

    public required Guid ToContactId { get; set; }

    /// <summary>One of <see cref="RelationKinds"/>.</summary>
    public required string Kind { get; init; }

    public DateOnly? StartedOn { get; init; }

    public DateOnly? EndedOn { get; init; }

    public string? Remark { get; init; }
}

internal sealed class TypedRelationTable : IEntityTypeConfiguration<TypedRelation>
{
    public void Configure(EntityTypeBuilder<TypedRelation> relation) => relation.ToTable("typed_relations");
}
