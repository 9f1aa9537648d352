using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Data;
using Rcu.Ingestion.Pulling;

namespace Rcu.Ingestion.Sirene;

/// <summary>How the hub follows the register day by day, between two monthly files: there is one.</summary>
public sealed class SireneFollow : ReadByItself
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

    /// <summary>When a reading last changed something in the register.</summary>
    public DateTimeOffset? LastChangeAt { get; set; }

    public required string ChangedBy { get; set; }

    public required DateTimeOffset ChangedAt { get; set; }

    protected override DateTimeOffset? NextAfter(DateTimeOffset now) => PullSchedule.Next(null, DailyAt, now);
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
