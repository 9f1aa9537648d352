using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Customers;

/// <summary>The quality of what is known of a contact.</summary>
public sealed class ContactScore : QualityScore
{
    public Guid ContactId { get; init; }
}

internal sealed class ContactScoreTable : IEntityTypeConfiguration<ContactScore>
{
    public void Configure(EntityTypeBuilder<ContactScore> score)
    {
        score.ToTable("contact_scores");
        score.HasKey(s => s.ContactId);
    }
}
