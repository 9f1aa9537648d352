using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Customers;
using Rcu.Data;

namespace Rcu.Unification.Joins;

/// <summary>What a steward typed under one key of « Saisie » while joining a pair, and what stood there before.</summary>
public sealed class JudgedValue
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid MatchId { get; init; }

    public required RecordKind Kind { get; init; }

    public required string ExternalKey { get; init; }

    public required IReadOnlyDictionary<string, string> Before { get; init; }

    public required IReadOnlyDictionary<string, string> After { get; init; }

    public required DateTimeOffset WrittenAt { get; init; }

    public DateTimeOffset? UndoneAt { get; set; }
}

internal sealed class JudgedValueTable : IEntityTypeConfiguration<JudgedValue>
{
    public void Configure(EntityTypeBuilder<JudgedValue> value)
    {
        value.ToTable("match_values");
        value.Property(v => v.Before).IsJson();
        value.Property(v => v.After).IsJson();
    }
}
