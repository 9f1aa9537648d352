using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Customers;

/// <summary>A product on a line of a document, with what the document says of it. Read, never written.</summary>
public sealed class BoughtProduct
{
    public required Guid AccountId { get; init; }

    /// <summary>Of the line.</summary>
    public required Guid Id { get; init; }

    public Guid? ContactId { get; init; }

    public required DocumentType Type { get; init; }

    public required DateOnly Date { get; init; }

    public required string Code { get; init; }

    public required string Label { get; init; }

    public string? Range { get; init; }

    public decimal? Quantity { get; init; }

    /// <summary>Before tax, in the currency of the document.</summary>
    public decimal? Net { get; init; }
}

internal sealed class BoughtProductTable : IEntityTypeConfiguration<BoughtProduct>
{
    public void Configure(EntityTypeBuilder<BoughtProduct> bought)
    {
        bought.ToView("bought_products");
        bought.HasNoKey();
    }
}
