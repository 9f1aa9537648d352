using System.Collections.Frozen;
using System.Globalization;
using Rcu.Identifiers;
using Rcu.Reference;

namespace Rcu.Cleaning.Rules;

/// <summary>An e-mail address, who reads it, and the company domain it gives away.</summary>
internal sealed class EmailRule : ICleaningRule
{
    private static readonly FrozenDictionary<string, string> MistypedEndings = new Dictionary<string, string>
    {
        ["exemple"] = "example",
        ["con"] = "com",
        ["cmo"] = "com",
        ["ocm"] = "com",
        ["comm"] = "com",
        ["vom"] = "com",
        ["fre"] = "fr",
        ["frr"] = "fr",
        ["rf"] = "fr",
        ["ft"] = "fr",
        ["nte"] = "net",
        ["ner"] = "net",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> MistypedDomains = new Dictionary<string, string>
    {
        ["gmial.com"] = "gmail.com",
        ["gmal.com"] = "gmail.com",
        ["gmai.com"] = "gmail.com",
        ["gmail.fr"] = "gmail.com",
        ["hotmial.com"] = "hotmail.com",
        ["hotmial.fr"] = "hotmail.fr",
        ["hotmai.fr"] = "hotmail.fr",
        ["yaho.fr"] = "yahoo.fr",
        ["yahou.fr"] = "yahoo.fr",
        ["orage.fr"] = "orange.fr",
        ["wanado.fr"] = "wanadoo.fr",
        ["wannadoo.fr"] = "wanadoo.fr",
        ["outlok.fr"] = "outlook.fr",
    }.ToFrozenDictionary();

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
        var meant = Suggestion(email) ?? email;
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

    private static EmailAddress? Suggestion(EmailAddress email)
    {
        var dot = email.Domain.LastIndexOf('.');
        var domain = MistypedDomains.GetValueOrDefault(email.Domain)
            ?? (MistypedEndings.TryGetValue(email.Domain[(dot + 1)..], out var ending) ? $"{email.Domain[..dot]}.{ending}" : null);
        return domain is null ? null : EmailAddress.Parse($"{email.Local}@{domain}", CultureInfo.InvariantCulture);
    }
}
