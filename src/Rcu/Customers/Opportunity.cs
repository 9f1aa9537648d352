using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Customers;

/// <summary>A sale in the making, won or lost.</summary>
public sealed class Opportunity
{
    public required Guid AccountId { get; init; }

    public required Guid Id { get; init; }

    public Guid? ContactId { get; set; }

    public required string Name { get; set; }

    public required OpportunityStage Stage { get; set; }

    /// <summary>The stage in the source's own words.</summary>
    public string? StageLabel { get; set; }

    public decimal? Amount { get; set; }

    public string Currency { get; set; } = "EUR";

    public DateOnly? CloseOn { get; set; }

    public required string Source { get; init; }
}

public enum OpportunityStage
{
    Qualification,
    Needs,
    Proposal,
    Negotiation,
    Won,
    Lost,
}

internal sealed class OpportunityTable : IEntityTypeConfiguration<Opportunity>
{
    public void Configure(EntityTypeBuilder<Opportunity> opportunity)
    {
        opportunity.ToTable("opportunities");
        opportunity.HasKey(o => new { o.AccountId, o.Id });
    }
}
