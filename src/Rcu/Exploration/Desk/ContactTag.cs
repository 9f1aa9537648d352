using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Exploration.Desk;

/// <summary>A word somebody put on a person, to find them again with others.</summary>
public sealed class ContactTag
{
    /// <summary>The golden id of the day it was put.</summary>
    public required Guid ContactId { get; init; }

    public required string Tag { get; init; }

    public required string TaggedBy { get; init; }

    public required DateTimeOffset TaggedAt { get; init; }

    public Guid? BatchId { get; init; }
}

internal sealed class ContactTagTable : IEntityTypeConfiguration<ContactTag>
{
    public void Configure(EntityTypeBuilder<ContactTag> tag)
    {
        tag.ToTable("contact_tags");
        tag.HasKey(t => new { t.ContactId, t.Tag });
    }
}
