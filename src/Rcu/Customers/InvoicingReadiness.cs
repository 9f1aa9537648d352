using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Customers;

/// <summary>Whether an electronic invoice would reach a French customer, and what is missing. Computed by Insight.</summary>
public sealed class InvoicingReadiness
{
    public Guid AccountId { get; init; }

    /// <summary>What is missing, in the order to put it right; none: it is ready.</summary>
    public List<string> Gaps { get; init; } = [];

    /// <summary>The open establishment to name on the invoice: the head office if it is open.</summary>
    public string? Siret { get; init; }

    /// <summary>Where invoices are sent, when a source says so.</summary>
    public string? RoutingAddress { get; init; }

    public DateTimeOffset ComputedAt { get; init; }
}

internal sealed class InvoicingReadinessTable : IEntityTypeConfiguration<InvoicingReadiness>
{
    public void Configure(EntityTypeBuilder<InvoicingReadiness> readiness)
    {
        readiness.ToTable("invoicing_readiness");
        readiness.HasKey(r => r.AccountId);
    }
}
