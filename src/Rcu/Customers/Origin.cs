using System.Text.Json.Serialization;

namespace Rcu.Customers;

/// <summary>Where a golden value comes from: who said it, when, which rule chose it, and what it was preferred to.</summary>
/// <param name="Source">The name of the source, <c>saisie</c> for what was typed in the hub.</param>
/// <param name="At">When the source said it: the record's own date when it has one, else the day it was received.</param>
/// <param name="Rule">The survivorship rule that chose it: <c>source_priority</c>, <c>most_recent</c>, <c>steward</c>…</param>
public sealed record Origin(
    string? Value, string Source, Guid RecordId, DateTimeOffset At, string Rule, IReadOnlyList<LosingValue> Lost);

/// <summary>What another record said of the same field, and was not kept.</summary>
public sealed record LosingValue(string? Value, string Source, Guid RecordId, DateTimeOffset At)
{
    /// <summary>Only what the hub had written in the tool itself, come back.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsEcho { get; init; }
}
