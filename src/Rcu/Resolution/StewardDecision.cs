using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>What a person decided about two records, for good: every later resolution respects it until it is revoked.</summary>
public sealed class StewardDecision
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required ClusterKind Kind { get; init; }

    public required Guid LeftRecordId { get; init; }

    public required Guid RightRecordId { get; init; }

    public required Verdict Verdict { get; init; }

    public string? Reason { get; init; }

    public required string DecidedBy { get; init; }

    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>The act it was made in with others, which is taken back whole; null when it was made alone.</summary>
    public Guid? BatchId { get; init; }

    public string? RevokedBy { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public void Revoke(string by, DateTimeOffset at) => (RevokedBy, RevokedAt) = (by, at);
}

internal sealed class StewardDecisionTable : IEntityTypeConfiguration<StewardDecision>
{
    public void Configure(EntityTypeBuilder<StewardDecision> decision) => decision.ToTable("decisions");
}
