using System.Text.RegularExpressions;
using Rcu.Reference;

namespace Rcu.Cleaning.Rules;

/// <summary>The host of a web site, and the domain that identifies the company when it is its own.</summary>
internal sealed partial class WebsiteRule : ICleaningRule
{
    public void Apply(Draft draft)
    {
        if (draft.Read("website") is { } typed)
        {
            var host = Host().Match(typed.ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal));
            if (host.Success)
            {
                draft.Set("website", host.Groups["host"].Value);
            }
            else
            {
                draft.Refuse("website", "website.unreadable", typed, $"« {typed} » n'est pas un site web.");
            }
        }

        var fromSite = draft["website"] is { } site ? MailDomains.CompanyDomain(site) : null;
        if (draft["website"] is { } shared && fromSite is null)
        {
            draft.Warn("website", "website.shared", shared, $"Le site « {shared} » est partagé par de nombreuses sociétés : il n'identifie pas celle-ci.");
        }

        draft.Set("domain", fromSite ?? draft["company_domain"]);
    }

    [GeneratedRegex(@"^(https?:/*)?(www\d?\.)?(?<host>([\p{L}\p{Nd}]([\p{L}\p{Nd}-]*[\p{L}\p{Nd}])?\.)+\p{L}{2,24})\.?(:\d+)?([/?#].*)?$")]
    private static partial Regex Host();
}
