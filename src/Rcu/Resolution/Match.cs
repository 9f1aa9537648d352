using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Data;
using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>Two records that may be the same company or person, for a data steward to judge.</summary>
public sealed class Match
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required ClusterKind Kind { get; init; }

    /// <summary>The smaller of the two record ids.</summary>
    public required Guid LeftRecordId { get; init; }

    public required Guid RightRecordId { get; init; }

    public required double Probability { get; set; }

    /// <summary>In bits; never saturates, so it ranks what is most alike.</summary>
    public required double Weight { get; set; }

    /// <summary>What its accounts are worth together, in euros: turnover of twelve months and open deals, as Insight last computed them.</summary>
    public double Stake { get; set; }

    /// <summary>What is at stake times how unsure the hub is; computed by the database, for the order of the queue.</summary>
    public double Urgency { get; private set; }

    public required string Rule { get; set; }

    /// <summary>Whether a person is asked before the two are joined, or they were joined and this one was drawn to be checked.</summary>
    public Band Band { get; set; } = Band.Review;

    /// <summary>What forbids the hub to join them by itself, in French; null when nothing does.</summary>
    public string? Veto { get; set; }

    public required string Sentence { get; set; }

    public IReadOnlyList<Evidence> Evidence { get; set; } = [];

    public Judgement Judgement { get; private set; } = Judgement.Undecided;

    public string? JudgedBy { get; private set; }

    public DateTimeOffset? JudgedAt { get; private set; }

    public required DateTimeOffset FoundAt { get; init; }

    /// <summary>Set when the records no longer look alike, or were joined otherwise.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>
    /// A person's judgement is final: the matcher never overwrites it, a person must undo it first. Who could not tell leaves the
    /// word to the next.
    /// </summary>
    public Result<Match> Judge(Judgement judgement, string by, DateTimeOffset at)
    {
        if (JudgedBy is not null && Judgement is not Judgement.Unsure && Judgement != judgement)
        {
            return ResolutionErrors.AlreadyJudged(JudgedBy);
        }

        (Judgement, JudgedBy, JudgedAt) = (judgement, by, at);
        return this;
    }

    /// <summary>Gives the question back to the queue.</summary>
    public void Unjudge() => (Judgement, JudgedBy, JudgedAt) = (Judgement.Undecided, null, null);
}

public enum Judgement
{
    Undecided,
    Same,
    Different,
    Unsure,
}

internal sealed class MatchTable : IEntityTypeConfiguration<Match>
{
    public void Configure(EntityTypeBuilder<Match> match)
    {
        match.ToTable("matches");
        match.Property(m => m.Evidence).IsJson();
        match.Property(m => m.Urgency).ValueGeneratedOnAddOrUpdate();
    }
}
