using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Unification.Postal;

/// <summary>A letter that came back (« NPAI », « PND »): the address it was sent to is no good, until the account has another.</summary>
public sealed class PostalReturn
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid BatchId { get; init; }

    public required Guid AccountId { get; init; }

    /// <summary>The lines of the address, without who lives there.</summary>
    public required string Address { get; init; }

    /// <summary>As the mailing house gave it.</summary>
    public required string Code { get; init; }

    /// <summary>A French sentence.</summary>
    public required string Reason { get; init; }

    public DateOnly? ReturnedOn { get; init; }
}

internal sealed class PostalReturnTable : IEntityTypeConfiguration<PostalReturn>
{
    public void Configure(EntityTypeBuilder<PostalReturn> postalReturn) => postalReturn.ToTable("postal_returns");
}
