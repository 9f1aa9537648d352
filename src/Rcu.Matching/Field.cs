namespace Rcu.Matching;

/// <summary>One column of the records. Several columns may be of one kind: a phone and a mobile are two phones.</summary>
public sealed record Field(string Name, FieldKind Kind)
{
    /// <summary>
    /// Its values are ids that the caller made up, like those of the keys, so that they change from one load of the same
    /// records to the next: they are compared, but the order in which records are looked at does not hang on them.
    /// </summary>
    public bool IsMade { get; init; }
}
