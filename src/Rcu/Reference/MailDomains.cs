using System.Collections.Frozen;
using Rcu.Identifiers;

namespace Rcu.Reference;

/// <summary>Which mail domains name a company, and which belong to a free provider, a throw-away service or a web host.</summary>
public static class MailDomains
{
    private static readonly FrozenSet<string> Free = ReferenceTable.Read("email_domaines_gratuits").Select(row => row("domaine"))
        .Concat(ReferenceTable.Read("email_domaines_fictifs").Select(row => row("domaine")))
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Disposable =
        ReferenceTable.Read("email_domaines_jetables").Select(row => row("domaine")).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> GenericLocals =
        ReferenceTable.Read("email_locaux_generiques").Select(row => row("partie_locale")).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> SharedHosts =
        ReferenceTable.Read("domaines_partages").Select(row => row("domaine")).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> SecondLevels =
        new[] { "asso.fr", "com.fr", "gouv.fr", "nom.fr", "tm.fr", "cci.fr", "notaires.fr", "avocat.fr", "co.uk", "org.uk", "ac.uk", "com.be", "co.ma", "com.tn" }
            .ToFrozenSet();

    /// <summary>Every free provider's domain, for the matching engine.</summary>
    public static IReadOnlySet<string> AllFree => Free;

    /// <summary>Every local part read by a function rather than a person, for the matching engine.</summary>
    public static IReadOnlySet<string> AllGeneric => GenericLocals;

    public static bool IsFree(string domain) => Free.Contains(domain);

    public static bool IsDisposable(string domain) => Disposable.Contains(domain) && !Free.Contains(domain);

    /// <summary>Pages of many companies under one name (<c>facebook.com</c>, <c>wixsite.com</c>): it identifies none of them.</summary>
    public static bool IsShared(string domain) => SharedHosts.Contains(domain);

    /// <summary>A mailbox read by a function rather than a person: <c>compta</c>, <c>contact57</c>, <c>service.achats</c>.</summary>
    public static bool IsGeneric(string local)
    {
        var name = local.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9').TrimEnd('.', '-', '_');
        return GenericLocals.Contains(name) || name.Split('.', '-', '_') is [var first, .., var last]
            && (GenericLocals.Contains(first) || (first == "service" && GenericLocals.Contains(last)));
    }

    /// <summary>Who reads this mailbox: <c>disposable</c>, <c>generic</c>, <c>free</c> or <c>nominative</c>.</summary>
    public static string KindOf(EmailAddress email) =>
        IsDisposable(email.Domain) ? "disposable"
        : IsGeneric(email.Local) ? "generic"
        : IsFree(email.Domain) ? "free"
        : "nominative";

    /// <summary>The domain a company registered, without its sub-domains; null when the host is everybody's.</summary>
    public static string? CompanyDomain(string host)
    {
        var labels = host.TrimEnd('.').ToLowerInvariant().Split('.');
        if (labels.Length < 2)
        {
            return null;
        }

        var domain = string.Join('.', labels[^2..]);
        if (labels.Length > 2 && SecondLevels.Contains(domain))
        {
            domain = string.Join('.', labels[^3..]);
        }

        return IsFree(domain) || IsFree(host) || IsDisposable(domain) || IsShared(domain) || IsShared(host) || SecondLevels.Contains(domain) ? null : domain;
    }
}
