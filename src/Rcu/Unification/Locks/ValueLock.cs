using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Resolution;

namespace Rcu.Unification.Locks;

/// <summary>
/// What a steward decided of one field of a golden row against the general rules: to keep a value, or to believe one source. It
/// is tied to a record, so that it goes where the record goes when rows are joined or come apart.
/// </summary>
public sealed class ValueLock
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required ClusterKind Kind { get; init; }

    /// <summary>The record it goes with.</summary>
    public required Guid AnchorRecordId { get; init; }

    public required string Field { get; init; }

    /// <summary>The values kept, by field: one, or all those of a group that survives together; empty when a source is preferred.</summary>
    public IReadOnlyDictionary<string, string> Kept { get; init; } = new Dictionary<string, string>();

    /// <summary>The name of the source to believe; null when values are kept.</summary>
    public string? Source { get; init; }

    public required string Reason { get; init; }

    /// <summary>Its last day.</summary>
    public DateOnly? ExpiresOn { get; init; }

    /// <summary>The record that ends it by saying something else than it said that day; null when none does.</summary>
    public Guid? WatchedRecordId { get; init; }

    public string? WatchedValue { get; init; }

    public DateTimeOffset? MovedAt { get; private set; }

    /// <summary>What the record watched says now, when it is something else: the lock holds no more, unless the record goes back on it.</summary>
    public string? MovedTo { get; private set; }

    public required string SetBy { get; init; }

    public required DateTimeOffset SetAt { get; init; }

    public string? EndedBy { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary><c>lifted</c>, <c>replaced</c> or <c>expired</c>.</summary>
    public string? EndedWhy { get; private set; }

    public bool WasSet(DateTimeOffset at) => SetAt <= at && (EndedAt is null || EndedAt > at);

    public void End(string why, string by, DateTimeOffset at) => (EndedWhy, EndedBy, EndedAt) = (why, by, at);

    /// <summary>Looks at what the record watched says now; true when that changes whether the lock holds.</summary>
    /// <param name="says">What the record watched says of the field; null when it says nothing, which ends nothing.</param>
    public bool Look(string? says, DateTimeOffset now)
    {
        var moved = WatchedRecordId is not null && says is not null && SearchText.Fold(says) != SearchText.Fold(WatchedValue) ? says : null;
        if (moved == MovedTo)
        {
            return false;
        }

        (MovedTo, MovedAt) = (moved, moved is null ? null : now);
        return true;
    }
}

internal sealed class ValueLockTable : IEntityTypeConfiguration<ValueLock>
{
    public void Configure(EntityTypeBuilder<ValueLock> locked)
    {
        locked.ToTable("value_locks");
        locked.Property(l => l.Kept).IsJson();
    }
}
