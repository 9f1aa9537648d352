namespace Rcu.Ingestion.Drafts;

/// <summary>What a whole file holds, row by row: the counts balance, and stand before anything was written.</summary>
public sealed record DraftTally
{
    public long Rows { get; init; }

    public long Ready { get; init; }

    /// <summary>They go in, and a person should know something of them.</summary>
    public long Warned { get; init; }

    /// <summary>They do not go in: each has its reason.</summary>
    public long Rejected { get; init; }

    /// <summary>Left out by a person.</summary>
    public long Skipped { get; init; }

    /// <summary>Rows whose key an other row of the file bears: of twins the last one speaks.</summary>
    public long Twins { get; init; }

    /// <summary>Persons whose address said no to mailing: they go in, and are never offered to a tool.</summary>
    public long Opposed { get; init; }

    public double Seconds { get; init; }

    public DraftEffects? Effects { get; init; }
}

/// <summary>What the import would change in what the hub holds.</summary>
public sealed record DraftEffects
{
    public long Created { get; init; }

    public long Updated { get; init; }

    public long Unchanged { get; init; }

    /// <summary>How many values of each field would change.</summary>
    public IReadOnlyList<FieldChange> Changes { get; init; } = [];

    /// <summary>What a file that is the whole state of its source does not hold; null when it is not.</summary>
    public Absence? Absence { get; init; }

    /// <summary>Rows set aside of which nobody can tell whom they speak of: nothing is then withdrawn.</summary>
    public long Unread { get; init; }

    /// <summary>Some rows before and after.</summary>
    public IReadOnlyList<ChangeSample> Samples { get; init; } = [];
}

/// <summary>A field, how many of its values would change, and how many of them would be emptied.</summary>
public sealed record FieldChange(string Field, long Count, long Emptied);

/// <summary>One value of one row, before and after.</summary>
public sealed record ChangeSample(long Line, string Key, string Field, string? Before, string? After);

/// <summary>A new row and the account or contact it would join.</summary>
public sealed record MatchSample(long Line, string Said, string Known, Guid Id, string Why);

/// <summary>A segment or a destination and how many of its profiles the file speaks of.</summary>
public sealed record Touched(Guid Id, string Name, long Count);
