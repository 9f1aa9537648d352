namespace Rcu.Ingestion;

/// <summary>The records that a whole state of their source does not hold.</summary>
/// <param name="Known">How many records there are in all.</param>
/// <param name="Count">How many of them are absent.</param>
public sealed record Absence(long Known, long Count)
{
    /// <summary>How many were withdrawn: all or none.</summary>
    public long Withdrawn { get; init; }

    /// <summary>So many that it looks like a mistake: a person is asked first.</summary>
    public bool AreMany => Count > Known * WholeState.MostShare;

    /// <summary>How many wait for the word of a person.</summary>
    public long Held => Count - Withdrawn;
}
