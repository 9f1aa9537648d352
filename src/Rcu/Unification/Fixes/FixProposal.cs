using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Data;
using Rcu.Resolution;

namespace Rcu.Unification.Fixes;

/// <summary>A correction the hub thinks right and does not dare to make by itself: what the row says, what it would say, and why.</summary>
public sealed class FixProposal
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required ClusterKind Kind { get; init; }

    public required Guid GoldenId { get; init; }

    /// <summary>What the account or the person is called.</summary>
    public required string Name { get; init; }

    /// <summary>The problem and its fix: <c>email.domain</c>, <c>city.postal_code</c>…</summary>
    public required string Code { get; init; }

    public required IReadOnlyDictionary<string, string> Before { get; init; }

    public required IReadOnlyDictionary<string, string> After { get; init; }

    /// <summary>A French sentence.</summary>
    public required string Reason { get; init; }

    public required DateTimeOffset FoundAt { get; init; }

    public required FixState State { get; init; }

    public string? DecidedBy { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>The run that wrote it, and that undoes it.</summary>
    public Guid? RunId { get; init; }
}

/// <summary>What a person made of a proposal.</summary>
public enum FixState
{
    Open,
    Accepted,
    Rejected,
}

internal sealed class FixProposalTable : IEntityTypeConfiguration<FixProposal>
{
    public void Configure(EntityTypeBuilder<FixProposal> fix)
    {
        fix.ToTable("fix_proposals");
        fix.Property(f => f.Before).IsJson();
        fix.Property(f => f.After).IsJson();
    }
}
