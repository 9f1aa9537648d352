using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Customers;

namespace Rcu.Unification.People;

/// <summary>How a contact stood towards us on a day, at an account, as someone saw or was told it. Older ones are kept: stances change.</summary>
public sealed class TypedStance : TypedFact
{
    /// <summary>The record it goes with; <see cref="ContactId"/> is where it led last.</summary>
    public required Guid ContactRecordId { get; init; }

    public required Guid ContactId { get; set; }

    /// <summary>The record it goes with; <see cref="AccountId"/> is where it led last.</summary>
    public required Guid AccountRecordId { get; init; }

    public required Guid AccountId { get; set; }

    /// <summary>Towards one product; null towards us as a whole.</summary>
    public Guid? ProductId { get; init; }

    public required Stance Stance { get; init; }

    public required DateOnly SeenOn { get; init; }

    /// <summary>How it is known: « réunion du 12 », the name of whoever told it…</summary>
    public required string ToldBy { get; init; }
}

internal sealed class TypedStanceTable : IEntityTypeConfiguration<TypedStance>
{
    public void Configure(EntityTypeBuilder<TypedStance> stance) => stance.ToTable("typed_stances");
}
