using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Resolution;

/// <summary>Records of one golden row whose reasons to be one are gone: a person says whether they part.</summary>
public sealed class Split
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required ClusterKind Kind { get; init; }

    public required Guid ClusterId { get; init; }

    public required List<Guid> KeptRecordIds { get; init; }

    public required List<Guid> PartedRecordIds { get; init; }

    /// <summary>What the two parts have in common now, in one French sentence.</summary>
    public required string Reason { get; init; }

    /// <summary><see cref="Judgement.Different"/> parts them, <see cref="Judgement.Same"/> keeps them together for good.</summary>
    public Judgement Judgement { get; private set; } = Judgement.Undecided;

    public string? JudgedBy { get; private set; }

    public DateTimeOffset? JudgedAt { get; private set; }

    public required DateTimeOffset FoundAt { get; init; }

    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>Answers the question, once.</summary>
    public Result<Split> Judge(Judgement judgement, string by, DateTimeOffset at)
    {
        if (ClosedAt is not null)
        {
            return JudgedBy is null ? ResolutionErrors.SplitNotFound : ResolutionErrors.AlreadyJudged(JudgedBy);
        }

        (Judgement, JudgedBy, JudgedAt, ClosedAt) = (judgement, by, at, at);
        return this;
    }
}

internal sealed class SplitTable : IEntityTypeConfiguration<Split>
{
    public void Configure(EntityTypeBuilder<Split> split) => split.ToTable("splits");
}
