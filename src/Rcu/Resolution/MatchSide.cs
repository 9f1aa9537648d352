namespace Rcu.Resolution;

/// <summary>One of the two records of a pair: who says it, what it says, and the golden rows it speaks of today.</summary>
public sealed record MatchSide
{
    public required Guid RecordId { get; init; }

    /// <summary>The short name of its source: <c>crm</c>.</summary>
    public required string Source { get; init; }

    public required string SourceLabel { get; init; }

    /// <summary>Its key in that source.</summary>
    public required string Key { get; init; }

    public required IReadOnlyDictionary<string, string> Fields { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The golden account or contact it belongs to; null until a resolution has placed it.</summary>
    public Guid? ClusterId { get; init; }

    /// <summary>The account it is, or works for.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>The value of a canonical field, null when it is unknown.</summary>
    public string? this[string field] => Fields.GetValueOrDefault(field);

    /// <summary>What a person calls it.</summary>
    public string Name =>
        this["name"] ?? this["full_name"] ?? Person ?? this["email"] ?? this["company_name"] ?? Key;

    private string? Person
    {
        get
        {
            var name = string.Join(' ', new[] { this["given_name"], this["family_name"] }.Where(part => part is not null));
            return name.Length == 0 ? null : name;
        }
    }
}
