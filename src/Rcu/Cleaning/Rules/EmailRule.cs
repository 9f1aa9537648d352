using System.Collections.Frozen;
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

        if (Suggestion(email) is { } suggestion)
        {
            draft.Warn("email", "email.suspicious_domain", email.Value, $"Le domaine de {email} ressemble à une faute de frappe : {suggestion} ?");
        }

        var kind = MailDomains.KindOf(email);
        if (kind == "disposable")
        {
            draft.Warn("email", "email.disposable", email.Value, $"{email} est une adresse jetable.");
        }

        draft.Set("email", email.Value);
        draft.Set("email_kind", kind);
        draft.Set("company_domain", CompanyDomain(draft));
    }

    /// <summary>The domain of a professional address: a service's mailbox names the company as well as a person's does.</summary>
    internal static string? CompanyDomain(Draft draft) =>
        draft["email_kind"] is "nominative" or "generic" && draft["email"] is { } email ? MailDomains.CompanyDomain(email[(email.IndexOf('@') + 1)..]) : null;

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

    private static string? Suggestion(EmailAddress email)
    {
        if (MistypedDomains.TryGetValue(email.Domain, out var domain))
        {
            return $"{email.Local}@{domain}";
        }

        var dot = email.Domain.LastIndexOf('.');
        return MistypedEndings.TryGetValue(email.Domain[(dot + 1)..], out var ending) ? $"{email.Local}@{email.Domain[..dot]}.{ending}" : null;
    }
}
