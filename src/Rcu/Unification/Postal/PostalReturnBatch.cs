using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Data;

namespace Rcu.Unification.Postal;

/// <summary>One file of returned letters: what was made of its rows, who brought it, and whether that was taken back.</summary>
public sealed class PostalReturnBatch
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string FileName { get; init; }

    public required int Rows { get; init; }

    /// <summary>How many accounts have an address that is no good.</summary>
    public required int Flagged { get; init; }

    /// <summary>How many letters came back from an address that is good: refused, or never fetched.</summary>
    public required int Kept { get; init; }

    public required int UnmatchedCount { get; init; }

    /// <summary>The first rows nobody could be found for, each with why.</summary>
    public required IReadOnlyList<UnmatchedReturn> Unmatched { get; init; }

    public required string NotedBy { get; init; }

    public required DateTimeOffset NotedAt { get; init; }

    public string? UndoneBy { get; private set; }

    public DateTimeOffset? UndoneAt { get; private set; }

    public void Undo(string by, DateTimeOffset at) => (UndoneBy, UndoneAt) = (by, at);
}

/// <summary>A row nobody could be found for.</summary>
/// <param name="Why">A French sentence.</param>
public sealed record UnmatchedReturn(long Line, string Text, string Why);

internal sealed class PostalReturnBatchTable : IEntityTypeConfiguration<PostalReturnBatch>
{
    public void Configure(EntityTypeBuilder<PostalReturnBatch> batch)
    {
        batch.ToTable("postal_return_batches");
        batch.Property(b => b.Unmatched).IsJson();
    }
}
