using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Activation;

/// <summary>A tool a segment is pushed to.</summary>
public sealed class Destination
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name { get; set; }

    /// <summary>The connector: <c>webhook</c>, <c>csv</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The connector's own settings, without its secret.</summary>
    public required JsonElement Settings { get; set; }

    /// <summary>The connector's secret, encrypted by the web project's data protection; never shown again.</summary>
    public string? Secret { get; set; }

    public Guid? SegmentId { get; set; }

    public required DestinationState State { get; set; }

    public string? StateReason { get; set; }

    /// <summary>Failures in a row: they space the tries out.</summary>
    public int Failures { get; set; }

    public DateTimeOffset? PausedUntil { get; set; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? LastRunAt { get; set; }
}

public enum DestinationState
{
    Healthy,
    Waiting,
    Degraded,
    Paused,
    CredentialsNeeded,
}

/// <summary>A change to be told to a tool, written in the transaction that made it.</summary>
public sealed class OutboxChange
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid DestinationId { get; init; }

    public required Guid AccountId { get; init; }

    /// <summary>The account or contact told about.</summary>
    public required Guid ProfileId { get; init; }

    public string ProfileName { get; init; } = "";

    public required ChangeKind Change { get; init; }

    public required JsonElement Payload { get; init; }

    public required byte[] ContentHash { get; init; }

    public required OutboxStatus Status { get; set; }

    public int Attempts { get; set; }

    public required DateTimeOffset DueAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public Guid? RunId { get; set; }
}

public enum ChangeKind
{
    Upsert,
    Remove,
}

public enum OutboxStatus
{
    Waiting,
    Sent,
    Dead,
}

/// <summary>What a destination is known to hold of a profile.</summary>
public sealed class DestinationProfile
{
    public required Guid DestinationId { get; init; }

    public required Guid ProfileId { get; init; }

    public required byte[] ContentHash { get; set; }

    public string? RemoteId { get; set; }

    public required DateTimeOffset SentAt { get; set; }
}

internal sealed class DestinationTable : IEntityTypeConfiguration<Destination>
{
    public void Configure(EntityTypeBuilder<Destination> destination)
    {
        destination.ToTable("destinations");
        destination.Property(d => d.Settings).HasColumnType("jsonb");
    }
}

internal sealed class OutboxTable : IEntityTypeConfiguration<OutboxChange>
{
    public void Configure(EntityTypeBuilder<OutboxChange> change)
    {
        change.ToTable("outbox");
        change.Property(c => c.Payload).HasColumnType("jsonb");
    }
}

internal sealed class DestinationProfileTable : IEntityTypeConfiguration<DestinationProfile>
{
    public void Configure(EntityTypeBuilder<DestinationProfile> profile)
    {
        profile.ToTable("destination_profiles");
        profile.HasKey(p => new { p.DestinationId, p.ProfileId });
    }
}
