using Rcu.Reference;

namespace Rcu.Resolution;

/// <summary>Which accounts bear a SIREN or a domain, by their place among the records: what contacts that name no account are attached by.</summary>
internal sealed class EmployerKeys
{
    private readonly Dictionary<string, int> _bySiren = [];
    private readonly Dictionary<string, List<int>> _byDomain = new(StringComparer.OrdinalIgnoreCase);
    private int _count;

    /// <summary>Takes the next account.</summary>
    public void Add(string? siren, string? domain)
    {
        var account = _count++;
        if (siren is not null)
        {
            _bySiren.TryAdd(siren, account);
        }

        if (domain is not null && !MailDomains.IsFree(domain))
        {
            (_byDomain.TryGetValue(domain, out var known) ? known : _byDomain[domain] = new List<int>(1)).Add(account);
        }
    }

    public int? WithSiren(string siren) => _bySiren.TryGetValue(siren, out var account) ? account : null;

    public IReadOnlyList<int> OnDomain(string domain) => _byDomain.TryGetValue(domain, out var accounts) ? accounts : [];
}
