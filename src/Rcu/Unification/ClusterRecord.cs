using System.Collections.Frozen;
using Rcu.Ingestion;

namespace Rcu.Unification;

/// <summary>A clean record of a cluster, as Unification reads it.</summary>
/// <param name="IsContact">A contact's record that speaks of an account: it says little of the company, and is believed last.</param>
internal sealed record ClusterRecord(
    Guid ClusterId,
    Guid Id,
    Guid SourceId,
    string Source,
    int Priority,
    string Key,
    bool IsContact,
    DateTimeOffset ReceivedAt,
    IReadOnlyDictionary<string, string> Fields)
{
    public string? this[string field] => Fields.GetValueOrDefault(field);

    /// <summary>When the source said it: its own date if it gives one.</summary>
    public DateTimeOffset SaidAt =>
        FieldText.Instant(this["updated_at"]) ?? FieldText.Instant(this["seen_at"]) ?? FieldText.Instant(this["created_on"]) ?? ReceivedAt;

    /// <summary>Fields about which the record's mapping says something when sources disagree.</summary>
    public IReadOnlyDictionary<string, FieldConflict>? Conflicts { get; init; }

    /// <summary>Fields of which it only repeats what the hub itself wrote in its tool.</summary>
    public IReadOnlySet<string> Echoes { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Fields that its source had said already when it said the rest, with when: the others are as old as the record.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset>? FieldDates { get; init; }

    /// <summary>The accounts a contact's record names beside its main one.</summary>
    public IReadOnlyList<Post> Posts { get; init; } = [];

    public Claim Says(string field, string value) =>
        new(field, value, Id, Source, Priority, FieldDates is not null && FieldDates.TryGetValue(field, out var at) ? at : SaidAt) { Conflict = Conflicts?.GetValueOrDefault(field) ?? FieldConflict.BySource, IsEcho = Echoes.Contains(field) };
}
