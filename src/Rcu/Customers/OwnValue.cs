using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Customers;

/// <summary>
/// The value that an account, an establishment or a contact has for a field the company added of its own, or computes: read, never written, and never one that only
/// stewards may see.
/// </summary>
public sealed class OwnValue
{
    public required SubjectKind Kind { get; init; }

    /// <summary>The account, the establishment or the contact.</summary>
    public required Guid SubjectId { get; init; }

    /// <summary>Of the field.</summary>
    public required string Name { get; init; }

    public string? Text { get; init; }

    public decimal? Number { get; init; }

    public DateOnly? Day { get; init; }

    public bool IsTrue { get; init; }
}

internal sealed class OwnValueTable : IEntityTypeConfiguration<OwnValue>
{
    public void Configure(EntityTypeBuilder<OwnValue> value)
    {
        value.ToView("own_values");
        value.HasNoKey();
    }
}
