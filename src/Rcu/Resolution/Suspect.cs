using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Resolution;

/// <summary>A golden row whose records do not all fit each other: a person says that all is well, or parts it.</summary>
public sealed class Suspect
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required ClusterKind Kind { get; init; }

    public required Guid ClusterId { get; init; }

    public required List<Guid> RecordIds { get; init; }

    /// <summary>Why, as a code of <see cref="Matching.Doubts"/>.</summary>
    public required string Doubt { get; init; }

    /// <summary>What its records weigh together on average, in bits: the lower, the more doubtful.</summary>
    public required double Fit { get; init; }

    /// <summary>With the right one, the likeliest pair between the two parts that have the least in common.</summary>
    public Guid? LeftRecordId { get; init; }

    public Guid? RightRecordId { get; init; }

    /// <summary>The smaller of these two parts.</summary>
    public required List<Guid> PartedRecordIds { get; init; }

    /// <summary>What that pair has in common, in one French sentence.</summary>
    public string? Sentence { get; init; }

    /// <summary>The resolution that found it last.</summary>
    public required Guid ResolutionId { get; init; }

    /// <summary><see cref="Judgement.Same"/> says that all is well, <see cref="Judgement.Different"/> parts it.</summary>
    public Judgement Judgement { get; private set; } = Judgement.Undecided;

    public string? Reason { get; private set; }

    public string? JudgedBy { get; private set; }

    public DateTimeOffset? JudgedAt { get; private set; }

    public required DateTimeOffset FoundAt { get; init; }

    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>Answers the question, once.</summary>
    public Result<Suspect> Judge(Judgement judgement, string? reason, string by, DateTimeOffset at)
    {
        if (ClosedAt is not null)
        {
            return JudgedBy is null ? ResolutionErrors.SuspectNotFound : ResolutionErrors.AlreadyJudged(JudgedBy);
        }

        (Judgement, Reason, JudgedBy, JudgedAt, ClosedAt) = (judgement, reason, by, at, at);
        return this;
    }
}

internal sealed class SuspectTable : IEntityTypeConfiguration<Suspect>
{
    public void Configure(EntityTypeBuilder<Suspect> suspect) => suspect.ToTable("suspects");
}
