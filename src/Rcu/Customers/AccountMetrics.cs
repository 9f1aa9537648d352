using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Customers;

/// <summary>Figures of one account, computed together by Insight; each is true as of <see cref="ComputedAt"/>.</summary>
public sealed class AccountMetrics
{
    public Guid AccountId { get; init; }

    /// <summary>Invoices less credit notes, net of tax, over the twelve months before <see cref="ComputedAt"/>.</summary>
    public decimal Revenue12m { get; set; }

    /// <summary>The same over the twelve months before those.</summary>
    public decimal RevenuePrevious12m { get; set; }

    /// <summary>Net amount per invoice, over all time.</summary>
    public decimal? AverageBasket { get; set; }

    /// <summary>Invoices, over all time.</summary>
    public int OrderCount { get; set; }

    public DateOnly? LastOrderOn { get; set; }

    /// <summary>Gross amount of unpaid invoices past their due date.</summary>
    public decimal OverdueAmount { get; set; }

    public int OverdueCount { get; set; }

    /// <summary>Gross amount of all unpaid invoices.</summary>
    public decimal Outstanding { get; set; }

    public int OpenOpportunities { get; set; }

    public decimal OpenAmount { get; set; }

    public DateTimeOffset? LastInteractionAt { get; set; }

    public string? LastInteractionChannel { get; set; }

    /// <summary>0 to 100: recent signals count more, a form more than a page, a page more than an opening.</summary>
    public int Engagement { get; set; }

    public int ContactCount { get; set; }

    /// <summary>Contacts who may be written to by e-mail.</summary>
    public int ReachableByEmail { get; set; }

    public DateTimeOffset ComputedAt { get; set; }
}

internal sealed class AccountMetricsTable : IEntityTypeConfiguration<AccountMetrics>
{
    public void Configure(EntityTypeBuilder<AccountMetrics> metrics)
    {
        metrics.ToTable("account_metrics");
        metrics.HasKey(m => m.AccountId);
        metrics.Property(m => m.Revenue12m).HasColumnName("revenue12m");
        metrics.Property(m => m.RevenuePrevious12m).HasColumnName("revenue_previous12m");
    }
}
