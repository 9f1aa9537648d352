using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Customers;

/// <summary>The quality of what is known of an account.</summary>
public sealed class AccountScore : QualityScore
{
    public Guid AccountId { get; init; }
}

internal sealed class AccountScoreTable : IEntityTypeConfiguration<AccountScore>
{
    public void Configure(EntityTypeBuilder<AccountScore> score)
    {
        score.ToTable("account_scores");
        score.HasKey(s => s.AccountId);
    }
}
