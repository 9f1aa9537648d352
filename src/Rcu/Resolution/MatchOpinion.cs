using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Resolution;

/// <summary>What one steward said of a pair. Each word is kept, that of one who could not tell as well, so that disagreements are seen.</summary>
public sealed class MatchOpinion
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid MatchId { get; init; }

    public required string Who { get; init; }

    public required Judgement Judgement { get; init; }

    public string? Reason { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Set when its author takes it back, or gives another.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }
}

internal sealed class MatchOpinionTable : IEntityTypeConfiguration<MatchOpinion>
{
    public void Configure(EntityTypeBuilder<MatchOpinion> opinion) => opinion.ToTable("match_opinions");
}
