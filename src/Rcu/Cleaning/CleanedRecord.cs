namespace Rcu.Cleaning;

/// <summary>What Cleaning made of one source record: canonical fields as normalised text, and all it found to say.</summary>
public sealed record CleanedRecord(IReadOnlyDictionary<string, string> Fields, IReadOnlyList<Issue> Issues);
