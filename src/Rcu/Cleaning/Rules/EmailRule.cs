using Rcu.Cleaning.Formats;
using Rcu.Identifiers;
using Rcu.Reference;

namespace Rcu.Cleaning.Rules;

/// <summary>An e-mail address, who reads it, and the company domain it gives away.</summary>
internal sealed class EmailRule : ICleaningRule
{
    public void Apply(Draft draft)
    {
        if (draft.Read("email") is not { } typed)
        {
            return;
        }

        var email = Parse(draft, typed);
        if (email is null)
        {
            draft.Refuse("email", "email.unreadable", typed, $"« {typed} » n'est pas une adresse e-mail.");
            return;
        }

        if (!email.Value.Equals(typed, StringComparison.OrdinalIgnoreCase))
        {
            draft.Warn("email", "email.repaired", typed, $"« {typed} » a été corrigé en {email}.");
        }

        // A mistyped domain is kept, but it is the domain meant that says whose mailbox it is.
        var meant = MistypedMail.Meant(email) ?? email;
        if (meant != email)
        {
            draft.Warn("email", "email.suspicious_domain", email.Value, $"Le domaine de {email} ressemble à une faute de frappe : {meant} ?");
        }

        var kind = MailDomains.KindOf(meant);
        if (kind == "disposable")
        {
            draft.Warn("email", "email.disposable", email.Value, $"{email} est une adresse jetable.");
        }

        draft.Set("email", email.Value);
        draft.Set("email_kind", kind);
        draft.Set("company_domain", MailDomains.CompanyDomain(meant.Domain));
    }

    private static EmailAddress? Parse(Draft draft, string typed)
    {
        if (EmailAddress.TryParse(typed, null, out var email))
        {
            return email;
        }

        var several = typed.Split([';', ',', '/', ' ', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => EmailAddress.TryParse(part, null, out var one) ? one : null)
            .OfType<EmailAddress>()
            .Distinct()
            .ToList();
        if (several.Count > 1)
        {
            draft.Warn("email", "email.several", typed, $"« {typed} » contient {several.Count} adresses : la première est gardée.");
        }

        return several.FirstOrDefault();
    }
}
