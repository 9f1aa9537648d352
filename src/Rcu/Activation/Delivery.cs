using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Activation;

/// <summary>One line of the delivery log: what was done for one profile at one destination in one run, and why.</summary>
public sealed class Delivery
{
    public required Guid AccountId { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid DestinationId { get; init; }

    public required Guid RunId { get; init; }

    public required Guid ProfileId { get; init; }

    public required string ProfileName { get; init; }

    public required ChangeKind Change { get; init; }

    public required DeliveryStatus Status { get; init; }

    /// <summary>A French sentence: the legal or technical reason.</summary>
    public string? Reason { get; init; }

    /// <summary>What the tool answered, cut at 1,000 characters.</summary>
    public string? Answer { get; init; }

    public required int Attempt { get; init; }

    public JsonElement? Payload { get; init; }

    public required DateTimeOffset At { get; init; }

    internal static Delivery Of(OutboxChange row, Guid runId, DeliveryStatus status, string? why, string? answer, DateTimeOffset now) => new()
    {
        AccountId = row.AccountId,
        DestinationId = row.DestinationId,
        RunId = runId,
        ProfileId = row.ProfileId,
        ProfileName = row.ProfileName,
        Change = row.Change,
        Status = status,
        Reason = why,
        Answer = answer?.Replace("\0", "", StringComparison.Ordinal),
        Attempt = row.Attempts,
        Payload = status is DeliveryStatus.Filtered ? null : row.Payload,
        At = now,
    };
}

public enum DeliveryStatus
{
    /// <summary>Left out before sending: opposition, no address, no basis.</summary>
    Filtered,

    /// <summary>The tool already holds this state.</summary>
    Unchanged,
    Delivered,

    /// <summary>Will be tried again.</summary>
    Waiting,

    /// <summary>The tool refuses this profile: a person must act.</summary>
    Rejected,
}

internal sealed class DeliveryTable : IEntityTypeConfiguration<Delivery>
{
    public void Configure(EntityTypeBuilder<Delivery> delivery)
    {
        delivery.ToTable("deliveries");
        delivery.HasKey(d => new { d.AccountId, d.Id });
        delivery.Property(d => d.Payload).HasColumnType("jsonb");
    }
}
