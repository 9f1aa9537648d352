namespace Rcu.Resolution;

/// <summary>A clean record as Resolution reads it: who says it, under which key, and its canonical fields.</summary>
internal sealed record ResolvedRecord(
    Guid Id, Guid SourceId, string Source, string Key, DateTimeOffset CleanedAt, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>The value of a canonical field, null when it is unknown.</summary>
    public string? this[string field] => Fields.GetValueOrDefault(field);
}
