using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Data;
using Rcu.Ingestion.Pulling;

namespace Rcu.Ingestion.Sirene;

/// <summary>How the hub follows the register day by day, between two monthly files: there is one.</summary>
public sealed class SireneFollow
{
    /// <summary>The only one.</summary>
    public static readonly Guid Only = new("0197a000-0000-7000-8000-000000000311");

    public Guid Id { get; init; } = Only;

    public required SireneSettings Settings { get; set; }

    /// <summary>The key of the API, sealed; never shown again.</summary>
    public string? Secret { get; set; }

    /// <summary>In Paris time.</summary>
    public required TimeOnly DailyAt { get; set; }

    /// <summary>Up to when it is followed. Moves in the transaction of the rows.</summary>
    internal SirenePlace? Place { get; set; }

    public required ConnectionState State { get; set; }

    public string? StateReason { get; set; }

    /// <summary>Failures in a row: they space the tries out.</summary>
    public int Failures { get; set; }

    public DateTimeOffset? PausedUntil { get; set; }

    public DateTimeOffset? NextRunAt { get; set; }

    public DateTimeOffset? LastRunAt { get; set; }

    /// <summary>When a reading last changed something in the register.</summary>
    public DateTimeOffset? LastChangeAt { get; set; }

    public required string ChangedBy { get; set; }

    public required DateTimeOffset ChangedAt { get; set; }

    public bool IsOpen => State is ConnectionState.Healthy or ConnectionState.Degraded;

    /// <summary>Everything is well, or a person says so: it is read each day at its hour.</summary>
    public void Reopen(DateTimeOffset now)
    {
        (State, StateReason, Failures, PausedUntil) = (ConnectionState.Healthy, null, 0, null);
        NextRunAt = PullSchedule.Next(null, DailyAt, now);
    }

    /// <summary>The API did not answer, or the register was being written: tried again later, and less and less often.</summary>
    public void Wait(string why, TimeSpan delay, DateTimeOffset now)
    {
        (State, StateReason, Failures, PausedUntil) = (ConnectionState.Degraded, why, Failures + 1, now + delay);
        NextRunAt = PausedUntil;
    }

    /// <summary>A person must act first.</summary>
    public void Stop(ConnectionState state, string? why) => (State, StateReason, NextRunAt) = (state, why, null);
}

internal sealed class SireneFollowTable : IEntityTypeConfiguration<SireneFollow>
{
    public void Configure(EntityTypeBuilder<SireneFollow> follow)
    {
        follow.ToTable("register_follow");
        follow.Property(f => f.Settings).IsJson();
        follow.Property(f => f.Place).IsJson();
        follow.Ignore(f => f.IsOpen);
    }
}
