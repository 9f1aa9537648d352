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
    public static (Reach Reach, string Why) ByEmail(
        Contact contact, IReadOnlyList<Consent> consents, IReadOnlySet<string> bounced, Func<Consent, bool> isOfFormerPost)
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

        var given = consents.Where(c => c.Channel is "email" && c.State is ConsentState.Given).ToLookup(isOfFormerPost);
        if (given[false].MaxBy(c => c.At) is { } consent)
        {
            return (Reach.Allowed, $"{consent.Proof}.");
        }

        // A word given to be written to at one company says nothing of the next one.
        if (given[true].MaxBy(c => c.At) is { } former)
        {
            return (Reach.ToCheck, $"{former.Proof}, chez un employeur précédent : à revérifier avant d'écrire à {email}.");
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
