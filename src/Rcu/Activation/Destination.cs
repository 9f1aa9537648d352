using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Data;

namespace Rcu.Activation;

/// <summary>A tool a segment is pushed to.</summary>
public sealed class Destination
{
    /// <summary>The states in which nothing is sent until a person acts.</summary>
    public static readonly DestinationState[] Stopped = [DestinationState.Paused, DestinationState.CredentialsNeeded, DestinationState.Guarded];

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name { get; set; }

    /// <summary>The connector: <c>webhook</c>, <c>csv</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The connector's own settings, without its secret.</summary>
    public required JsonElement Settings { get; set; }

    /// <summary>The connector's secret, encrypted by the web project's data protection; never shown again.</summary>
    public string? Secret { get; set; }

    /// <summary>The secret before it, encrypted: both sign until <see cref="FormerUntil"/>.</summary>
    public string? FormerSecret { get; set; }

    public DateTimeOffset? FormerUntil { get; set; }

    /// <summary>What its tool signs its own messages with, encrypted; null: it sends none.</summary>
    public string? InboundSecret { get; set; }

    public Guid? SegmentId { get; set; }

    /// <summary>What it is told of a profile, and under which names; null: all there is.</summary>
    public IReadOnlyList<FieldRule>? Fields { get; set; }

    public required DestinationState State { get; set; }

    public bool IsStopped => Stopped.Contains(State);

    public string? StateReason { get; set; }

    /// <summary>Failures in a row: they space the tries out.</summary>
    public int Failures { get; set; }

    public DateTimeOffset? PausedUntil { get; set; }

    /// <summary>How many profiles the push that the guard stopped would have taken away from the tool; null: it stopped none.</summary>
    public int? GuardRemovals { get; set; }

    /// <summary>How many profiles of the tool it would have changed.</summary>
    public int? GuardChanges { get; set; }

    /// <summary>Up to how many the guard lets the next push go on: what a person typed.</summary>
    public int GuardPasses { get; set; }

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

    /// <summary>The next push would take away or change so much that a person must say so first.</summary>
    Guarded,
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

    /// <summary>What takes its place when the tool may hold a profile that must no longer be there.</summary>
    internal OutboxChange AsRemoval(Guid runId, DateTimeOffset now) => new()
    {
        DestinationId = DestinationId,
        AccountId = AccountId,
        ProfileId = ProfileId,
        ProfileName = ProfileName,
        Change = ChangeKind.Remove,
        Payload = JsonSerializer.SerializeToElement(new { id = ProfileId }),
        ContentHash = [0],
        Status = OutboxStatus.Waiting,
        DueAt = now,
        CreatedAt = now,
        RunId = runId,
    };
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

    /// <summary>What it last took, whole.</summary>
    public JsonElement? Payload { get; set; }

    public string Name { get; set; } = "";

    /// <summary>Since when the tool itself says that this person wants nothing any more; null: it does not.</summary>
    public DateTimeOffset? SilencedAt { get; set; }

    public required DateTimeOffset SentAt { get; set; }
}

internal sealed class DestinationTable : IEntityTypeConfiguration<Destination>
{
    public void Configure(EntityTypeBuilder<Destination> destination)
    {
        destination.ToTable("destinations");
        destination.Ignore(d => d.IsStopped);
        destination.Property(d => d.Settings).HasColumnType("jsonb");
        destination.Property(d => d.Fields).IsJson();
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
        profile.Property(p => p.Payload).HasColumnType("jsonb");
    }
}
