using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Exploration.Desk;

/// <summary>That a person wants to hear of an account.</summary>
public sealed class Follow
{
    /// <summary>The e-mail of the person, in small letters.</summary>
    public required string Follower { get; init; }

    /// <summary>The golden id of the day it was followed.</summary>
    public required Guid AccountId { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>Of those that were followed at once.</summary>
    public Guid? BatchId { get; init; }
}

internal sealed class FollowTable : IEntityTypeConfiguration<Follow>
{
    public void Configure(EntityTypeBuilder<Follow> follow)
    {
        follow.ToTable("account_follows");
        follow.HasKey(f => new { f.Follower, f.AccountId });
    }
}
