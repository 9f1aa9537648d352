using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>One version of the two cuts of a kind of golden row: who set them, when and why. The last version is in force.</summary>
public sealed class MatchCuts
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required ClusterKind Kind { get; init; }

    public required int Version { get; init; }

    public required double Automatic { get; init; }

    public required double Review { get; init; }

    public string? Reason { get; init; }

    public required string SetBy { get; init; }

    public required DateTimeOffset SetAt { get; init; }
}

/// <summary>From which probability on two records are joined without asking, and from which a person is asked.</summary>
public sealed record Cuts(double Automatic, double Review)
{
    /// <summary>Below, pairs are not compared: nothing could be said of them.</summary>
    public const double LeastReview = .10;
    public const double LeastAutomatic = .50;
    public const double Most = .9999;

    /// <summary>What the engine ships with, as long as nobody chose.</summary>
    public static readonly Cuts Shipped = new(new MatchSettings().AutoThreshold, new MatchSettings().ReviewThreshold);

    public MatchSettings In(MatchSettings settings) => settings with { AutoThreshold = Automatic, ReviewThreshold = Review };
}

internal sealed class MatchCutsTable : IEntityTypeConfiguration<MatchCuts>
{
    public void Configure(EntityTypeBuilder<MatchCuts> cuts) => cuts.ToTable("match_cuts");
}
