using Rcu.Ingestion;

namespace Rcu.Unification;

/// <summary>What one source record says of one field. A manual edit is a claim too: its source is <c>saisie</c>.</summary>
/// <param name="Priority">How much its source is believed: the smaller, the more.</param>
/// <param name="At">When the source said it.</param>
public sealed record Claim(string Field, string Value, Guid RecordId, string Source, int Priority, DateTimeOffset At)
{
    /// <summary>Said in passing, by a record of something else: it wins only where nothing better was said.</summary>
    public bool IsHearsay { get; init; }

    /// <summary>Only what the hub wrote in a tool, come back from it: it is kept, and chosen over nothing that anybody else says.</summary>
    public bool IsEcho { get; init; }

    /// <summary>What the mapping that brought it says of conflicts on the field.</summary>
    public FieldConflict Conflict { get; init; }
}

/// <summary>The value kept, why, and what it was preferred to: all that the lineage screen shows.</summary>
/// <param name="Rule">The key of the French sentence: <c>only</c>, <c>agreed</c>, <c>frequent</c>, <c>source</c>, <c>recent</c>, <c>group</c>, <c>locked</c>…</param>
public sealed record Survivor(Claim Kept, string Rule, IReadOnlyList<Claim> Lost);
