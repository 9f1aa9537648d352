using System.Buffers;
using System.Text.RegularExpressions;
using Rcu.Reference;

namespace Rcu.Cleaning.Rules;

/// <summary>The host of a web site, and the domain that identifies the company when it is its own.</summary>
internal sealed partial class WebsiteRule : ICleaningRule
{
    private static readonly SearchValues<char> Signs = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    public void Apply(Draft draft)
    {
        if (draft.Read("website") is { } typed)
        {
            var address = typed.ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal);
            if (Plain(address) is { } plain)
            {
                draft.Set("website", plain);
            }
            else if (Host().Match(address) is { Success: true } host)
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

    // « www.acme.fr » and « https://acme.fr/ », as most are written, need no regular expression.
    private static string? Plain(string address)
    {
        var host = address.AsSpan();
        host = host.StartsWith("https://") ? host[8..] : host.StartsWith("http://") ? host[7..] : host;
        host = host.StartsWith("www.") ? host[4..] : host;
        host = host.EndsWith("/") ? host[..^1] : host;
        var dot = host.LastIndexOf('.');
        return dot > 0 && host.IndexOf('.') == dot && !host[..dot].ContainsAnyExcept(Signs) && host[0] != '-' && host[dot - 1] != '-'
            && host.Length - dot is > 2 and <= 25 && !host[(dot + 1)..].ContainsAnyExceptInRange('a', 'z') && host[..dot] is not "www"
            ? host.ToString()
            : null;
    }

    [GeneratedRegex(@"^(https?:/*)?(www\d?\.)?(?<host>([\p{L}\p{Nd}]([\p{L}\p{Nd}-]*[\p{L}\p{Nd}])?\.)+\p{L}{2,24})\.?(:\d+)?([/?#].*)?$")]
    private static partial Regex Host();
}
