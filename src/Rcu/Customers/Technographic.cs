using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Customers;

/// <summary>A tool an account uses, as a source saw it.</summary>
public sealed class Technographic
{
    public required Guid AccountId { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Tool { get; init; }

    public string? Category { get; set; }

    public DateOnly? SeenOn { get; set; }

    public required string Source { get; init; }
}

internal sealed class TechnographicTable : IEntityTypeConfiguration<Technographic>
{
    public void Configure(EntityTypeBuilder<Technographic> tool)
    {
        tool.ToTable("technographics");
        tool.HasKey(t => new { t.AccountId, t.Id });
    }
}
