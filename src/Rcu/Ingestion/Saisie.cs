using Rcu.Customers;

namespace Rcu.Ingestion;

/// <summary>How what people type in the hub is kept: as records of a source like any other, each act a run that can be undone.</summary>
public static class Saisie
{
    /// <summary>The stage of the runs that brought it.</summary>
    public const string Stage = "Saisie";

    /// <summary>The keys of corrections, as a regular expression of PostgreSQL: they speak of a golden row, and are never matched.</summary>
    public const string Corrections = "^(account|contact):[0-9a-f]{32}$";

    /// <summary>What people may correct on an account.</summary>
    public static readonly IReadOnlyList<string> AccountFields =
        ["usual_name", "brand", "type", "phone", "email", "website", "street", "complement", "postal_code", "city", "naf", "headcount", "routing_address", "owner"];

    /// <summary>What is written of an account besides, when a person accepts what the register says of it, or a correction.</summary>
    public static readonly IReadOnlyList<string> RegisterFields =
        ["siren", "siret", "naf2025", "closed_on", "insee_state", "establishment_state", "establishment_closed_on"];

    /// <summary>What people may correct on a contact.</summary>
    public static readonly IReadOnlyList<string> ContactFields =
        ["civility", "given_name", "family_name", "email", "phone", "mobile", "job_title", "linkedin"];

    // No file is ever named so: a name holds no slash.
    internal const string NoFile = "/saisie";

    internal static readonly IReadOnlyList<KnownFeed> Feeds =
    [
        Feed("saisie_accounts", RecordKind.Account, [.. AccountFields, "country", .. RegisterFields]),
        Feed("saisie_contacts", RecordKind.Contact, ContactFields),
        Feed("saisie_interactions", RecordKind.Interaction, ["kind", "text", "at", "account_id", "contact_id", "author"]),
    ];

    /// <summary>The key of what was corrected on the golden row that held this record.</summary>
    public static string KeyOf(RecordKind kind, Guid anchor) => $"{(kind is RecordKind.Account ? "account" : "contact")}:{anchor:N}";

    private static KnownFeed Feed(string name, RecordKind kind, IReadOnlyList<string> fields) =>
        new(Source.Saisie, name, kind, NoFile, [NoFile], string.Join("; ", fields.Select(field => $"{field}={field}")));
}
