using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Data;

namespace Rcu.Unification.Beliefs;

/// <summary>One change of what the hub believes: who set it, when and why, and what stood before it. The last version is in force.</summary>
public sealed class BeliefVersion
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required int Version { get; init; }

    public required BeliefSet Before { get; init; }

    public required BeliefSet After { get; init; }

    /// <summary>The version this one takes back; null for a change like another.</summary>
    public int? Undoes { get; init; }

    public string? Reason { get; init; }

    public required string SetBy { get; init; }

    public required DateTimeOffset SetAt { get; init; }
}

internal sealed class BeliefVersionTable : IEntityTypeConfiguration<BeliefVersion>
{
    public void Configure(EntityTypeBuilder<BeliefVersion> version)
    {
        version.ToTable("belief_versions");
        version.Property(v => v.Before).IsJson();
        version.Property(v => v.After).IsJson();
    }
}
