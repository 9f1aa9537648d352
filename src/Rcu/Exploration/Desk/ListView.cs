using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Exploration.Desk;

/// <summary>A list of accounts or of people as somebody keeps it: what is in it, in which order, with which columns.</summary>
public sealed class ListView
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The e-mail of the person, in small letters.</summary>
    public required string Owner { get; init; }

    public ListKind List { get; init; }

    /// <summary>Empty for the columns of the lists nobody named.</summary>
    public required string Name { get; init; }

    /// <summary>Filters and sort, as the address of the list says them.</summary>
    public required string Query { get; set; }

    public required List<string> Columns { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What a list gathers.</summary>
public enum ListKind
{
    Accounts,
    Contacts,
}

internal sealed class ListViewTable : IEntityTypeConfiguration<ListView>
{
    public void Configure(EntityTypeBuilder<ListView> view) => view.ToTable("list_views");
}
