using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Data;

namespace Rcu.Ingestion.Pulling;

/// <summary>A system the hub reads by itself: how, when, from where on, and how it goes.</summary>
public sealed class SourceConnection : ReadByItself
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

    public DateTimeOffset? LastRowsAt { get; set; }

    /// <summary>Each reading from beginning to end is the whole state of the source: records it does not give are withdrawn.</summary>
    public bool IsWhole { get; set; }

    /// <summary>The reading under way was followed from its beginning: at its end, what it did not give is absent.</summary>
    public bool SeesWhole { get; set; }

    /// <summary>A person agreed that the next whole reading withdraws whatever it does not give.</summary>
    public bool AgreedAbsent { get; set; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    protected override DateTimeOffset? NextAfter(DateTimeOffset now) => PullSchedule.Next(EveryMinutes, DailyAt, now);
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
