using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Exploration.Desk;

/// <summary>The address where another program shows the card of an account, for some days.</summary>
public sealed class AccountCard
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The golden id of the day it was made.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>Whose rights it is read with.</summary>
    public required string MadeBy { get; init; }

    /// <summary>What signs the address, unreadable in the database.</summary>
    public required string SealedSecret { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public string? RevokedBy { get; private set; }

    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>Closed for good, by whoever and when first.</summary>
    public void Revoke(string by, DateTimeOffset now) => (RevokedAt, RevokedBy) = (RevokedAt ?? now, RevokedBy ?? by);
}

internal sealed class AccountCardTable : IEntityTypeConfiguration<AccountCard>
{
    public void Configure(EntityTypeBuilder<AccountCard> card) => card.ToTable("account_cards");
}
