using Rcu.Customers;
using Rcu.Reference;

namespace Rcu.Unification;

/// <summary>
/// Whether a person may be reached, channel by channel, and the sentence that says why. French B2B law as the CNIL states it:
/// a professional address may be written to about the person's function until they object; a private one needs consent; an
/// objection, whoever recorded it, wins over everything and survives every merge.
/// </summary>
internal static class ReachRules
{
    public static (Reach Reach, string Why) ByEmail(Contact contact, IReadOnlyList<Consent> consents, IReadOnlySet<string> bounced)
    {
        if (Refusal(consents, "email") is { } refusal)
        {
            return (Reach.Opposed, $"{refusal.Proof} : ne pas écrire.");
        }

        if (contact.Email is not { } email)
        {
            return (Reach.NoAddress, "Aucune adresse e-mail connue.");
        }

        if (bounced.Contains(email))
        {
            return (Reach.Invalid, $"L'adresse {email} ne fonctionne pas (rejet définitif).");
        }

        var consent = consents.Where(c => c.Channel is "email" && c.State is ConsentState.Given).MaxBy(c => c.At);
        if (consent is not null)
        {
            return (Reach.Allowed, $"{consent.Proof}.");
        }

        return MailDomains.IsFree(email[(email.IndexOf('@', StringComparison.Ordinal) + 1)..])
            ? (Reach.NoBasis, "Adresse privée sans accord : pas de base légale.")
            : (Reach.Allowed, "Adresse professionnelle, sans opposition : possible si le message concerne sa fonction.");
    }

    public static (Reach Reach, string Why) ByPhone(Contact contact, IReadOnlyList<Consent> consents)
    {
        if (Refusal(consents, "phone") is { } refusal)
        {
            return (Reach.Opposed, $"{refusal.Proof} : ne pas appeler.");
        }

        return contact.Mobile is null && contact.Phone is null
            ? (Reach.NoAddress, "Aucun téléphone connu.")
            : (Reach.Allowed, "Téléphone professionnel, sans opposition connue.");
    }

    private static Consent? Refusal(IReadOnlyList<Consent> consents, string channel) =>
        consents.Where(c => c.Channel == channel && c.State is (ConsentState.Opposed or ConsentState.Refused))
            .OrderBy(c => c.State is ConsentState.Opposed ? 0 : 1).ThenByDescending(c => c.At).FirstOrDefault();
}
