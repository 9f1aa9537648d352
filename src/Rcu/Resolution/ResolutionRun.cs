using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Resolution;

/// <summary>What one resolution did for one kind of golden row, in counts.</summary>
public sealed class ResolutionRun
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required ClusterKind Kind { get; init; }

    public required ResolutionScope Scope { get; init; }

    public required DateTimeOffset At { get; init; }

    public required long Records { get; init; }

    public required long Clusters { get; init; }

    /// <summary>Pairs the hub joined by itself.</summary>
    public required long Automatic { get; init; }

    /// <summary>Pairs a person is asked about.</summary>
    public required long Review { get; init; }

    /// <summary>Pairs something forbids: two SIRENs, a decision, a source without duplicates.</summary>
    public required long Rejected { get; init; }

    /// <summary>Records a full resolution placed elsewhere than those of the changes alone had.</summary>
    public required long Corrected { get; init; }

    /// <summary>Golden rows kept whole until a person has said.</summary>
    public required long Held { get; init; }
}

/// <summary>What a resolution looked at.</summary>
public enum ResolutionScope
{
    Full,
    Changes,
}

internal sealed class ResolutionRunTable : IEntityTypeConfiguration<ResolutionRun>
{
    public void Configure(EntityTypeBuilder<ResolutionRun> run) => run.ToTable("resolutions");
}
