using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Customers;

/// <summary>A letter came back from the address an account has now (« NPAI »): nothing is sent there by post until it has another.</summary>
public sealed class PostalFlag
{
    public Guid AccountId { get; init; }

    /// <summary>A French sentence.</summary>
    public required string Reason { get; init; }

    public DateOnly? ReturnedOn { get; init; }
}

internal sealed class PostalFlagTable : IEntityTypeConfiguration<PostalFlag>
{
    public void Configure(EntityTypeBuilder<PostalFlag> flag)
    {
        flag.ToTable("postal_flags");
        flag.HasKey(f => f.AccountId);
    }
}
