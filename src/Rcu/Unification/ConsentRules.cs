using System.Globalization;
using Rcu.Customers;

namespace Rcu.Unification;

/// <summary>What each record says of a person's choices. Every word is kept with its proof; which one holds is <see cref="ReachRules"/>'s business.</summary>
internal static class ConsentRules
{
    public static IReadOnlyList<Consent> Of(Guid contactId, IReadOnlyList<ClusterRecord> records, IReadOnlyList<MailEvent> events)
    {
        var consents = new List<Consent>();
        foreach (var record in records)
        {
            if (record["opt_out"] is "true")
            {
                consents.Add(Of(contactId, record, ConsentState.Opposed, "opt_out", $"Case d'opposition cochée dans « {record.Source} »"));
            }

            if (record["opt_in"] is { } optIn)
            {
                var given = optIn is "true";
                consents.Add(Of(
                    contactId, record, given ? ConsentState.Given : ConsentState.Refused, "opt_in",
                    $"Accord {(given ? "donné" : "refusé")} dans « {record.Source} »{(record["opt_in_source"] is { } from ? $" ({from})" : "")}"));
            }
        }

        foreach (var mail in events.Where(e => e.Kind is "unsubscribed" or "email_complained"))
        {
            consents.Add(new Consent
            {
                ContactId = contactId,
                Id = DerivedId.Of(mail.RecordId, "consent"),
                Purpose = "prospecting",
                Channel = "email",
                State = ConsentState.Opposed,
                At = mail.At,
                Proof = string.Create(CultureInfo.InvariantCulture, $"Désinscription de « {mail.Campaign ?? mail.Source} » le {mail.At:dd/MM/yyyy}"),
                Source = mail.Source,
                RecordId = mail.RecordId,
            });
        }

        return consents;
    }

    private static Consent Of(Guid contactId, ClusterRecord record, ConsentState state, string what, string proof) => new()
    {
        ContactId = contactId,
        Id = DerivedId.Of(record.Id, what),
        Purpose = "prospecting",
        Channel = "email",
        State = state,
        At = record.SaidAt,
        Proof = proof,
        Source = record.Source,
        RecordId = record.Id,
    };
}
