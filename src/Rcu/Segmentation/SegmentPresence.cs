using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Segmentation;

/// <summary>An account or a contact that a tool holds, or that it refused: what « présent dans » is read from. Read, never written.</summary>
public sealed class SegmentPresence
{
    public required Guid ProfileId { get; init; }

    public required Guid DestinationId { get; init; }

    public bool IsRefused { get; init; }
}

/// <summary>Another account of the same group, by the links in force. Read, never written.</summary>
public sealed class GroupMember
{
    public required Guid AccountId { get; init; }

    public required Guid MemberId { get; init; }
}

internal sealed class SegmentPresenceTable : IEntityTypeConfiguration<SegmentPresence>
{
    public void Configure(EntityTypeBuilder<SegmentPresence> presence)
    {
        presence.ToView("segment_presences");
        presence.HasNoKey();
    }
}

internal sealed class GroupMemberTable : IEntityTypeConfiguration<GroupMember>
{
    public void Configure(EntityTypeBuilder<GroupMember> member)
    {
        member.ToView("group_members");
        member.HasNoKey();
    }
}
