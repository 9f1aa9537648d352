using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Customers;

/// <summary>The quality of what one source says of one account or contact, by the same rules as the golden row's.</summary>
public sealed class SourceScore
{
    public RecordKind Kind { get; init; }

    public Guid SubjectId { get; init; }

    public required string Source { get; init; }

    public int Total { get; init; }

    public int Completeness { get; init; }

    public int Validity { get; init; }

    public int Freshness { get; init; }

    public int Coherence { get; init; }

    public int Uniqueness { get; init; }

    public List<string> Problems { get; init; } = [];
}

internal sealed class SourceScoreTable : IEntityTypeConfiguration<SourceScore>
{
    public void Configure(EntityTypeBuilder<SourceScore> score)
    {
        score.ToTable("source_scores");
        score.HasKey(s => new { s.Kind, s.SubjectId, s.Source });
    }
}
