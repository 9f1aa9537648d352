using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Data;

namespace Rcu.Segmentation;

/// <summary>What a segment was from one change to the next: restored, it becomes the next one.</summary>
public sealed class SegmentVersion
{
    public required Guid SegmentId { get; init; }

    public required int Version { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    public required Condition Rule { get; init; }

    public bool IsFrozen { get; init; }

    public required string SetBy { get; init; }

    public required DateTimeOffset SetAt { get; init; }

    public static SegmentVersion Of(Segment segment, string by) => new()
    {
        SegmentId = segment.Id,
        Version = segment.Version,
        Name = segment.Name,
        Description = segment.Description,
        Rule = segment.Rule,
        IsFrozen = segment.IsFrozen,
        SetBy = by,
        SetAt = segment.UpdatedAt,
    };
}

/// <summary>Someone came into a segment or left it.</summary>
public sealed class SegmentEvent
{
    /// <summary>Grows with time: what a follower goes on from.</summary>
    public long Id { get; init; }

    public required Guid SegmentId { get; init; }

    public required Guid MemberId { get; init; }

    public required SegmentMove Move { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>Which way.</summary>
public enum SegmentMove
{
    Entered,
    Left,
}

internal sealed class SegmentVersionTable : IEntityTypeConfiguration<SegmentVersion>
{
    public void Configure(EntityTypeBuilder<SegmentVersion> version)
    {
        version.ToTable("segment_versions");
        version.HasKey(v => new { v.SegmentId, v.Version });
        version.Property(v => v.Rule).IsJson();
    }
}

internal sealed class SegmentEventTable : IEntityTypeConfiguration<SegmentEvent>
{
    public void Configure(EntityTypeBuilder<SegmentEvent> move) => move.ToTable("segment_events");
}
