namespace Rcu.Unification.People;

/// <summary>
/// Something a person said of people, kept as evidence: a change is a new version, a removal drops the last one, and nothing is
/// written over.
/// </summary>
public abstract class TypedFact
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The same for all its versions.</summary>
    public required Guid FactId { get; init; }

    public int Version { get; init; } = 1;

    public required string SetBy { get; init; }

    public required DateTimeOffset SetAt { get; init; }

    /// <summary>Set when it holds no more, because it was removed or a newer version says otherwise.</summary>
    public string? DroppedBy { get; private set; }

    public DateTimeOffset? DroppedAt { get; private set; }
}
