using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Exploration.Desk;

/// <summary>A word somebody put on an account, to find it again with others.</summary>
public sealed class AccountTag
{
    /// <summary>The golden id of the day it was put.</summary>
    public required Guid AccountId { get; init; }

    public required string Tag { get; init; }

    public required string TaggedBy { get; init; }

    public required DateTimeOffset TaggedAt { get; init; }

    public Guid? BatchId { get; init; }
}

internal sealed class AccountTagTable : IEntityTypeConfiguration<AccountTag>
{
    public void Configure(EntityTypeBuilder<AccountTag> tag)
    {
        tag.ToTable("account_tags");
        tag.HasKey(t => new { t.AccountId, t.Tag });
    }
}
