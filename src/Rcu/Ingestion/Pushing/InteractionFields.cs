using System.Text.Json.Serialization;
using Rcu.Customers;

namespace Rcu.Ingestion.Pushing;

/// <summary>What a program says of something that happened with a customer.</summary>
public sealed record InteractionFields : PushedFields
{
    /// <summary>The key of the person in the same source.</summary>
    public string? ContactKey { get; init; }

    /// <summary>The key of the account in the same source.</summary>
    public string? AccountKey { get; init; }

    public string? Email { get; init; }

    /// <summary><c>call</c>, <c>note</c>, <c>form_sent</c>, <c>complaint</c>…</summary>
    public string? Kind { get; init; }

    public string? Channel { get; init; }

    public string? Direction { get; init; }

    public DateTimeOffset? At { get; init; }

    public string? Subject { get; init; }

    public string? Text { get; init; }

    public string? Campaign { get; init; }

    [JsonIgnore]
    public override RecordKind RecordKind => RecordKind.Interaction;
}
