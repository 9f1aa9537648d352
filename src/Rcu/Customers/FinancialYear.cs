using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Customers;

/// <summary>What a source says an account earned in one year: its published accounts, not what it bought from us.</summary>
public sealed class FinancialYear
{
    public required Guid AccountId { get; init; }

    public required int Year { get; init; }

    /// <summary>Euros.</summary>
    public decimal? Turnover { get; set; }

    public decimal? NetResult { get; set; }

    public required string Source { get; init; }

    public Guid? RecordId { get; init; }
}

internal sealed class FinancialYearTable : IEntityTypeConfiguration<FinancialYear>
{
    public void Configure(EntityTypeBuilder<FinancialYear> year)
    {
        year.ToTable("financial_years");
        year.HasKey(y => new { y.AccountId, y.Year, y.Source });
    }
}
