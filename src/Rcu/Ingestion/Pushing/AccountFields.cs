using System.Text.Json.Serialization;
using Rcu.Customers;

namespace Rcu.Ingestion.Pushing;

/// <summary>What a program says of a company.</summary>
public sealed record AccountFields : PushedFields
{
    public string? Name { get; init; }

    public string? LegalName { get; init; }

    public string? Brand { get; init; }

    public string? Siren { get; init; }

    public string? Siret { get; init; }

    public string? Vat { get; init; }

    public string? Naf { get; init; }

    public string? LegalForm { get; init; }

    public string? Street { get; init; }

    public string? Complement { get; init; }

    public string? PostalCode { get; init; }

    public string? City { get; init; }

    public string? Country { get; init; }

    public string? Phone { get; init; }

    public string? Email { get; init; }

    public string? Website { get; init; }

    /// <summary>As the source says it: « client », « prospect »…</summary>
    public string? Type { get; init; }

    public int? Headcount { get; init; }

    public bool? Blocked { get; init; }

    public string? PaymentTerms { get; init; }

    public string? CreatedOn { get; init; }

    [JsonIgnore]
    public override RecordKind RecordKind => RecordKind.Account;
}
