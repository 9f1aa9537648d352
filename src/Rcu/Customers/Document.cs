using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Customers;

/// <summary>A commercial paper. Amounts are in <see cref="Currency"/>; those of a credit note are positive and count against.</summary>
public sealed class Document
{
    public required Guid AccountId { get; init; }

    public required Guid Id { get; init; }

    public Guid? ContactId { get; set; }

    public required string Number { get; init; }

    public required DocumentType Type { get; init; }

    public required DateOnly Date { get; init; }

    public DateOnly? DueOn { get; set; }

    /// <summary>Before tax.</summary>
    public required decimal Net { get; set; }

    public decimal? Tax { get; set; }

    /// <summary>Tax included.</summary>
    public decimal? Gross { get; set; }

    public string Currency { get; set; } = "EUR";

    /// <summary>Null when the source does not say.</summary>
    public bool? Paid { get; set; }

    public required string Source { get; init; }
}

public enum DocumentType
{
    Quote,
    Order,
    Delivery,
    Invoice,
    CreditNote,
    Contract,
}

/// <summary>A line of a document, or the ledger line that books it.</summary>
public sealed class DocumentLine
{
    public required Guid AccountId { get; init; }

    public required Guid DocumentId { get; init; }

    public required Guid Id { get; init; }

    public int Place { get; set; }

    public string? Label { get; set; }

    public Guid? ProductId { get; set; }

    /// <summary>The account of the French chart: <c>411000</c>, <c>706000</c>…</summary>
    public string? LedgerAccount { get; set; }

    public decimal? Quantity { get; set; }

    public decimal? Net { get; set; }

    public decimal? Debit { get; set; }

    public decimal? Credit { get; set; }

    public required string Source { get; init; }
}

internal sealed class DocumentTable : IEntityTypeConfiguration<Document>
{
    public void Configure(EntityTypeBuilder<Document> document)
    {
        document.ToTable("documents");
        document.HasKey(d => new { d.AccountId, d.Id });
    }
}

internal sealed class DocumentLineTable : IEntityTypeConfiguration<DocumentLine>
{
    public void Configure(EntityTypeBuilder<DocumentLine> line)
    {
        line.ToTable("document_lines");
        line.HasKey(l => new { l.AccountId, l.DocumentId, l.Id });
    }
}
