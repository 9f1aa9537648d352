using System.Text.Json.Serialization;
using Rcu.Customers;

namespace Rcu.Ingestion.Pushing;

/// <summary>What a program says of a commercial paper.</summary>
public sealed record DocumentFields : PushedFields
{
    /// <summary>The key of the account in the same source.</summary>
    public string? AccountKey { get; init; }

    public string? ContactKey { get; init; }

    public string? Number { get; init; }

    /// <summary><c>quote</c>, <c>order</c>, <c>delivery</c>, <c>invoice</c>, <c>credit_note</c>, <c>contract</c>, or the French word.</summary>
    public string? Type { get; init; }

    public DateOnly? Date { get; init; }

    public DateOnly? DueOn { get; init; }

    public decimal? Net { get; init; }

    public decimal? Tax { get; init; }

    public decimal? Gross { get; init; }

    public string? Currency { get; init; }

    public bool? Paid { get; init; }

    [JsonIgnore]
    public override RecordKind RecordKind => RecordKind.Document;
}
