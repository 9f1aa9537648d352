using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Insight;

/// <summary>What a person answered to the register about an account: a unit it is or is not, something that happened to it.</summary>
public sealed class RegisterJudgement
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid AccountId { get; init; }

    /// <summary>The unit that was accepted or refused; null when the answer is about a proposal.</summary>
    public string? Siren { get; init; }

    public string? Siret { get; init; }

    public Guid? ProposalId { get; init; }

    public required RegisterVerdict Verdict { get; init; }

    /// <summary>What was judged, in French.</summary>
    public required string Sentence { get; init; }

    public required string JudgedBy { get; init; }

    public required DateTimeOffset JudgedAt { get; init; }

    /// <summary>What was written; several accounts may have been answered together.</summary>
    public Guid? RunId { get; set; }

    /// <summary>What it joined.</summary>
    public List<Guid> DecisionIds { get; set; } = [];

    public string? UndoneBy { get; private set; }

    public DateTimeOffset? UndoneAt { get; private set; }

    public void Undo(string by, DateTimeOffset at) => (UndoneBy, UndoneAt) = (by, at);
}

public enum RegisterVerdict
{
    Accepted,
    Refused,
}

internal sealed class RegisterJudgementTable : IEntityTypeConfiguration<RegisterJudgement>
{
    public void Configure(EntityTypeBuilder<RegisterJudgement> judgement) => judgement.ToTable("register_judgements");
}
