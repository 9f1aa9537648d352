using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Data;

namespace Rcu.Segmentation;

/// <summary>A named rule and the accounts or contacts that meet it.</summary>
public sealed class Segment
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name { get; set; }

    public string? Description { get; set; }

    public required SegmentTarget Target { get; init; }

    public required Condition Rule { get; set; }

    /// <summary>Grows with each change; also what a stale editor is refused on.</summary>
    public int Version { get; set; } = 1;

    /// <summary>A snapshot: its members no longer follow its rule.</summary>
    public bool IsFrozen { get; set; }

    public int MemberCount { get; set; }

    public DateTimeOffset? ComputedAt { get; set; }

    public int? ComputedInMs { get; set; }

    /// <summary>Why its rule could not be computed the last time: its members are those of the time before. Null while all is well.</summary>
    public BrokenReason? BrokenReason { get; set; }

    /// <summary>What someone lifted, of what is left out of every sending and export.</summary>
    public IReadOnlyList<LiftedExclusion> Lifted { get; set; } = [];

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? ArchivedAt { get; set; }
}

/// <summary>A refusal, as the texts tell it in whichever language it is read.</summary>
public sealed record BrokenReason(string Code, IReadOnlyList<string> Values, DateTimeOffset At);

/// <summary>What a segment gathers.</summary>
public enum SegmentTarget
{
    Accounts,
    Contacts,
}

/// <summary>A stay in a segment: an exit ends it, a return is another row.</summary>
public sealed class SegmentMember
{
    public required Guid SegmentId { get; init; }

    public required Guid MemberId { get; init; }

    public required DateTimeOffset EnteredAt { get; init; }

    public DateTimeOffset? ExitedAt { get; set; }
}

internal sealed class SegmentTable : IEntityTypeConfiguration<Segment>
{
    public void Configure(EntityTypeBuilder<Segment> segment)
    {
        segment.ToTable("segments");
        segment.Property(s => s.Version).IsConcurrencyToken();
        segment.Property(s => s.Rule).IsJson();
        segment.Property(s => s.BrokenReason).IsJson();
        segment.Property(s => s.Lifted).IsJson();
    }
}

internal sealed class SegmentMemberTable : IEntityTypeConfiguration<SegmentMember>
{
    public void Configure(EntityTypeBuilder<SegmentMember> member)
    {
        member.ToTable("segment_members");
        member.HasKey(m => new { m.SegmentId, m.MemberId, m.EnteredAt });
    }
}
