using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Customers;
using Rcu.Identifiers;

namespace Rcu.Segmentation;

/// <summary>
/// What most rules ask of an account and of its figures, in rows a fifth as wide: a count reads them all. The database keeps them
/// what <see cref="Account"/> and <see cref="AccountMetrics"/> say. A property is called as there, the figures of an account
/// without any being null.
/// </summary>
public sealed class AccountFacet
{
    public Guid Id { get; init; }

    public AccountType? Type { get; init; }

    public Siren? Siren { get; init; }

    public string? LegalForm { get; init; }

    public bool Blocked { get; init; }

    /// <summary>Whether a letter came back from its address.</summary>
    public bool Returned { get; init; }

    public string? Naf { get; init; }

    public string? Naf2025 { get; init; }

    public int? Headcount { get; init; }

    public string? HeadcountBand { get; init; }

    public string? SizeClass { get; init; }

    public DateOnly? FoundedOn { get; init; }

    public DateOnly? ClosedOn { get; init; }

    public string? InseeState { get; init; }

    public string? Diffusion { get; init; }

    /// <summary>In small letters, as texts are compared.</summary>
    public string? RegionFolded { get; init; }

    /// <inheritdoc cref="RegionFolded"/>
    public string? DepartmentFolded { get; init; }

    /// <inheritdoc cref="RegionFolded"/>
    public string? CityFolded { get; init; }

    /// <inheritdoc cref="RegionFolded"/>
    public string? NafFolded { get; init; }

    public string? AddressStreet { get; init; }

    public string? AddressComplement { get; init; }

    public string? AddressPostalCode { get; init; }

    public string? AddressCity { get; init; }

    public string? AddressCommuneCode { get; init; }

    public string? AddressDepartment { get; init; }

    public string? AddressRegion { get; init; }

    public string? AddressCountry { get; init; }

    public DateOnly? CustomerSince { get; init; }

    public int RecordCount { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public decimal? Revenue12m { get; init; }

    public decimal? RevenuePrevious12m { get; init; }

    public decimal? AverageBasket { get; init; }

    public int? OrderCount { get; init; }

    public DateOnly? LastOrderOn { get; init; }

    public decimal? OverdueAmount { get; init; }

    public decimal? Outstanding { get; init; }

    public int? OpenOpportunities { get; init; }

    public decimal? OpenAmount { get; init; }

    public DateTimeOffset? LastInteractionAt { get; init; }

    public string? LastInteractionChannel { get; init; }

    public int? Engagement { get; init; }

    public int? ContactCount { get; init; }

    public int? ReachableByEmail { get; init; }

    /// <summary>What its quality is worth; null until Insight has run.</summary>
    public AccountScore? Score { get; init; }

    /// <summary>What it is worth and where it stands; null until Insight has run.</summary>
    public AccountWorth? Worth { get; init; }
}

internal sealed class AccountFacetTable : IEntityTypeConfiguration<AccountFacet>
{
    public void Configure(EntityTypeBuilder<AccountFacet> facet)
    {
        facet.ToTable("account_facets");
        facet.Property(f => f.Revenue12m).HasColumnName("revenue12m");
        facet.Property(f => f.RevenuePrevious12m).HasColumnName("revenue_previous12m");
        facet.HasOne(f => f.Score).WithOne().HasForeignKey<AccountScore>(s => s.AccountId);
        facet.HasOne(f => f.Worth).WithOne().HasForeignKey<AccountWorth>(w => w.AccountId);
    }
}
