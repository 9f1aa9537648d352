using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Exploration.Desk;

/// <summary>The address where a person's calendar program reads their tasks, without signing in.</summary>
public sealed class CalendarLink
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The e-mail of the person, in small letters.</summary>
    public required string Owner { get; init; }

    /// <summary>What signs the address, unreadable in the database.</summary>
    public required string SealedSecret { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ReadAt { get; init; }
}

internal sealed class CalendarLinkTable : IEntityTypeConfiguration<CalendarLink>
{
    public void Configure(EntityTypeBuilder<CalendarLink> link) => link.ToTable("calendar_links");
}
