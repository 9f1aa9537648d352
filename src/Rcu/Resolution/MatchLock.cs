using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Resolution;

/// <summary>A pair that a steward is looking at: the others are told, and their queue goes past it.</summary>
public sealed class MatchLock
{
    public required Guid MatchId { get; init; }

    public required string Who { get; init; }

    public required DateTimeOffset Until { get; init; }
}

internal sealed class MatchLockTable : IEntityTypeConfiguration<MatchLock>
{
    public void Configure(EntityTypeBuilder<MatchLock> held)
    {
        held.ToTable("match_locks");
        held.HasKey(l => l.MatchId);
    }
}
