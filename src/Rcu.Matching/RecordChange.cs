namespace Rcu.Matching;

/// <summary>What a source says of a record since: new values, or none when it is gone. A key not known yet adds a record.</summary>
/// <param name="Values">In the order of the fields.</param>
public sealed record RecordChange(string Key, string Source, IReadOnlyList<string?>? Values);
