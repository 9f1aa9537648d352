using Rcu.Reference;

namespace Rcu.Resolution;

/// <summary>Which accounts bear a SIREN or a domain, by their place among the records: what contacts that name no account are attached by.</summary>
internal sealed class EmployerKeys
{
    private readonly Dictionary<string, int> _bySiren = [];
    private readonly Dictionary<string, List<int>> _byDomain = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string? Siren, string? Domain)> _said = [];

    /// <summary>Takes the next account.</summary>
    public void Add(string? siren, string? domain)
    {
        _said.Add((siren, domain));
        Put(_said.Count - 1, siren, domain);
    }

    /// <summary>Takes what an account says now; nothing when it is gone.</summary>
    public void Change(int account, string? siren, string? domain)
    {
        while (_said.Count <= account)
        {
            _said.Add(default); // it came since
        }

        var (hadSiren, hadDomain) = _said[account];
        if (hadSiren is not null && _bySiren.GetValueOrDefault(hadSiren, -1) == account)
        {
            _bySiren.Remove(hadSiren);
        }

        if (hadDomain is not null && _byDomain.TryGetValue(hadDomain, out var sharing))
        {
            sharing.Remove(account);
        }

        _said[account] = (siren, domain);
        Put(account, siren, domain);
    }

    private void Put(int account, string? siren, string? domain)
    {
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
