using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Ingestion;

/// <summary>A row of a file that could not be read, kept aside with where, what and why, while the rest went on.</summary>
public sealed class Reject
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid RunId { get; init; }

    public required long Line { get; init; }

    public string? ColumnName { get; init; }

    public string? Value { get; init; }

    /// <summary>Stable: <c>row.ragged</c>, <c>key.missing</c>…</summary>
    public required string Code { get; init; }

    /// <summary>The French sentence: what is wrong and what to do.</summary>
    public required string Reason { get; init; }

    /// <summary>The row as far as it could be read.</summary>
    public JsonElement? Raw { get; init; }
}

internal sealed class RejectTable : IEntityTypeConfiguration<Reject>
{
    public void Configure(EntityTypeBuilder<Reject> reject)
    {
        reject.ToTable("rejects");
        reject.Property(r => r.Raw).HasColumnType("jsonb");
    }
}
