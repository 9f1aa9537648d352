using System.Text.Json.Serialization;
using Rcu.Customers;

namespace Rcu.Ingestion.Pushing;

/// <summary>What a program says of a person.</summary>
public sealed record ContactFields : PushedFields
{
    /// <summary>The key, in the same source, of the account they work for.</summary>
    public string? AccountKey { get; init; }

    public string? Civility { get; init; }

    public string? GivenName { get; init; }

    public string? FamilyName { get; init; }

    public string? FullName { get; init; }

    public string? Email { get; init; }

    public string? Phone { get; init; }

    public string? Mobile { get; init; }

    public string? Linkedin { get; init; }

    public string? JobTitle { get; init; }

    public string? CompanyName { get; init; }

    public string? CompanySiren { get; init; }

    public string? CompanySiret { get; init; }

    public string? PostalCode { get; init; }

    public string? City { get; init; }

    public string? Country { get; init; }

    public bool? OptIn { get; init; }

    /// <summary>What shows the agreement or the refusal: the form, the date, the text.</summary>
    public string? OptInSource { get; init; }

    public bool? OptOut { get; init; }

    /// <summary>When the person said it.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    public string? CreatedOn { get; init; }

    [JsonIgnore]
    public override RecordKind RecordKind => RecordKind.Contact;
}
