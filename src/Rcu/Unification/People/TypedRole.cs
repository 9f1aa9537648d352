using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Customers;

namespace Rcu.Unification.People;

/// <summary>A part someone said a contact plays at an account, as a whole or for one product or sale. They need not work there.</summary>
public sealed class TypedRole : TypedFact
{
    /// <summary>The record it goes with; <see cref="ContactId"/> is where it led last.</summary>
    public required Guid ContactRecordId { get; init; }

    public required Guid ContactId { get; set; }

    /// <summary>The record it goes with; <see cref="AccountId"/> is where it led last.</summary>
    public required Guid AccountRecordId { get; init; }

    public required Guid AccountId { get; set; }

    public required RoleFunction Function { get; init; }

    public string? JobTitle { get; init; }

    public Guid? ProductId { get; init; }

    public Guid? OpportunityId { get; init; }

    public DateOnly? StartedOn { get; init; }

    public DateOnly? EndedOn { get; init; }

    /// <summary>How it is known, in the person's own words.</summary>
    public string? Remark { get; init; }

    /// <summary>It speaks of the account as a whole.</summary>
    public bool IsGeneral => ProductId is null && OpportunityId is null;
}

internal sealed class TypedRoleTable : IEntityTypeConfiguration<TypedRole>
{
    public void Configure(EntityTypeBuilder<TypedRole> role)
    {
        role.ToTable("typed_roles");
        role.Ignore(r => r.IsGeneral);
    }
}
