using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Data;

namespace Rcu.Ingestion.Pulling;

/// <summary>A system the hub reads by itself: how, when, from where on, and how it goes.</summary>
public sealed class SourceConnection
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid SourceId { get; init; }

    /// <summary>The mapping of its rows.</summary>
    public required Guid FeedId { get; set; }

    public required string Name { get; set; }

    /// <summary>The connector: <c>folder</c>, <c>postgres</c>, <c>http</c>, <c>webhook</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The connector's own settings, without its secret.</summary>
    public required JsonElement Settings { get; set; }

    /// <summary>The connector's secret, sealed; never shown again.</summary>
    public string? Secret { get; set; }

    public int? EveryMinutes { get; set; }

    /// <summary>In Paris time.</summary>
    public TimeOnly? DailyAt { get; set; }

    /// <summary>With no row for longer, a person is told.</summary>
    public int? StaleAfterHours { get; set; }

    /// <summary>Where the next reading begins. Moves in the transaction of the rows.</summary>
    public string? Cursor { get; set; }

    /// <summary>The columns its rows had last.</summary>
    public List<string> Columns { get; set; } = [];

    public required ConnectionState State { get; set; }

    public string? StateReason { get; set; }

    /// <summary>Failures in a row: they space the tries out.</summary>
    public int Failures { get; set; }

    public DateTimeOffset? PausedUntil { get; set; }

    public DateTimeOffset? NextRunAt { get; set; }

    public DateTimeOffset? LastRunAt { get; set; }

    public DateTimeOffset? LastRowsAt { get; set; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether the hub may read it now.</summary>
    public bool IsOpen => State is ConnectionState.Healthy or ConnectionState.Degraded;

    /// <summary>Everything is well again, or a person says so: it is read as its schedule says.</summary>
    public void Reopen(DateTimeOffset now)
    {
        (State, StateReason, Failures, PausedUntil) = (ConnectionState.Healthy, null, 0, null);
        NextRunAt = PullSchedule.Next(EveryMinutes, DailyAt, now);
    }

    /// <summary>It did not answer: it is tried again later, and less and less often.</summary>
    public void Wait(string why, TimeSpan delay, DateTimeOffset now)
    {
        (State, StateReason, Failures, PausedUntil) = (ConnectionState.Degraded, why, Failures + 1, now + delay);
        NextRunAt = PausedUntil;
    }

    /// <summary>A person must act first.</summary>
    public void Stop(ConnectionState state, string? why) => (State, StateReason, NextRunAt) = (state, why, null);
}

public enum ConnectionState
{
    Healthy,
    Degraded,
    Paused,
    CredentialsNeeded,
    Broken,
}

internal sealed class SourceConnectionTable : IEntityTypeConfiguration<SourceConnection>
{
    public void Configure(EntityTypeBuilder<SourceConnection> connection)
    {
        connection.ToTable("source_connections");
        connection.Property(c => c.Settings).IsJson();
        connection.Ignore(c => c.IsOpen);
    }
}
