using System.Collections.Frozen;
using System.Globalization;
using Rcu.Identifiers;

namespace Rcu.Cleaning.Formats;

/// <summary>Mail domains that nobody has and that somebody's finger makes of one that many have.</summary>
internal static class MistypedMail
{
    private static readonly FrozenDictionary<string, string> Endings = new Dictionary<string, string>
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

    private static readonly FrozenDictionary<string, string> Domains = new Dictionary<string, string>
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
        ["gmaill.com"] = "gmail.com",
        ["gamil.com"] = "gmail.com",
        ["gmil.com"] = "gmail.com",
        ["gnail.com"] = "gmail.com",
        ["hotmal.com"] = "hotmail.com",
        ["hotmai.com"] = "hotmail.com",
        ["hotmal.fr"] = "hotmail.fr",
        ["homail.fr"] = "hotmail.fr",
        ["yahooo.fr"] = "yahoo.fr",
        ["yaho.com"] = "yahoo.com",
        ["ornage.fr"] = "orange.fr",
        ["oragne.fr"] = "orange.fr",
        ["wanadoo.com"] = "wanadoo.fr",
        ["outlok.com"] = "outlook.com",
        ["outloook.com"] = "outlook.com",
        ["icloud.fr"] = "icloud.com",
        ["outlok.fr"] = "outlook.fr",
    }.ToFrozenDictionary();

    /// <summary>The address that was meant; null when nothing says it is mistyped.</summary>
    public static EmailAddress? Meant(EmailAddress email)
    {
        var dot = email.Domain.LastIndexOf('.');
        var domain = Domains.GetValueOrDefault(email.Domain)
            ?? (Endings.TryGetValue(email.Domain[(dot + 1)..], out var ending) ? $"{email.Domain[..dot]}.{ending}" : null);
        return domain is null ? null : EmailAddress.Parse($"{email.Local}@{domain}", CultureInfo.InvariantCulture);
    }
}
