using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Customers;

/// <summary>The part a contact plays at an account, dated. The contact may be an outsider (an auditor, an integrator).</summary>
public sealed class Role
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid AccountId { get; init; }

    public required Guid ContactId { get; init; }

    public required RoleFunction Function { get; init; }

    public string? JobTitle { get; set; }

    public Guid? ProductId { get; set; }

    public Guid? OpportunityId { get; set; }

    public bool IsOutsider { get; set; }

    public DateOnly? StartedOn { get; set; }

    public DateOnly? EndedOn { get; set; }

    /// <summary>How they stand towards us, at <see cref="StanceOn"/>.</summary>
    public Stance? Stance { get; set; }

    public DateOnly? StanceOn { get; set; }

    public string? StanceSource { get; set; }

    public required string Source { get; init; }

    public Guid? RecordId { get; init; }

    /// <summary>One French sentence: « Déduit de la fonction « DAF » (CRM). »</summary>
    public required string Reason { get; set; }
}

/// <summary>What a contact is in a purchase. <see cref="Employee"/> says only that they work there.</summary>
public enum RoleFunction
{
    Employee,
    DecisionMaker,
    Prescriber,
    Payer,
    User,
    Influencer,
}

/// <summary>Disposition towards us, from the best to the worst.</summary>
public enum Stance
{
    Champion,
    Favourable,
    Neutral,
    Reserved,
    Hostile,
}

internal sealed class RoleTable : IEntityTypeConfiguration<Role>
{
    public void Configure(EntityTypeBuilder<Role> role) => role.ToTable("roles");
}
