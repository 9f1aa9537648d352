using Rcu.Matching;
using Rcu.Reference;

namespace Rcu.Resolution;

/// <summary>Finds the account a contact's record speaks of: by its source's key, else by SIREN, else by what it says of the company.</summary>
internal sealed class Employers
{
    // A free-text company name is weak: it is believed from here on, and only when it leads the next account by some bits.
    private const double Believed = .90;
    private const double LeadInBits = 3;

    private readonly Dictionary<(Guid Source, string Key), ResolvedRecord> _byKey = [];
    private readonly Dictionary<string, HashSet<Guid>> _byDomain = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Guid> _bySiren = [];
    private readonly IReadOnlyDictionary<Guid, Guid> _accountOf;
    private readonly RecordSet _records;
    private readonly MatchResult _result;

    public Employers(ResolutionData data, IReadOnlyDictionary<Guid, Guid> accountOf, RecordSet records, MatchResult result)
    {
        (_accountOf, _records, _result) = (accountOf, records, result);
        foreach (var account in data.Accounts)
        {
            _byKey[(account.SourceId, account.Key)] = account;
            if (account["siren"] is { } siren)
            {
                _bySiren.TryAdd(siren, accountOf[account.Id]);
            }

            if (account["domain"] is { } domain && !MailDomains.IsFree(domain))
            {
                (_byDomain.TryGetValue(domain, out var known) ? known : _byDomain[domain] = []).Add(accountOf[account.Id]);
            }
        }
    }

    public Dictionary<Guid, Attachment> Of(IReadOnlyList<ResolvedRecord> contacts)
    {
        var found = new Dictionary<Guid, Attachment>();
        foreach (var contact in contacts)
        {
            if (Of(contact) is { } attachment)
            {
                found[contact.Id] = attachment;
            }
        }

        return found;
    }

    private Attachment? Of(ResolvedRecord contact)
    {
        if (contact["account_key"] is { } key && _byKey.TryGetValue((contact.SourceId, key), out var account))
        {
            return new Attachment(
                _accountOf[account.Id], "account_key", 1, $"La source « {contact.Source} » range ce contact dans son compte « {key} ».", []);
        }

        if (contact["company_siren"] is { } siren && _bySiren.TryGetValue(siren, out var bySiren))
        {
            return new Attachment(bySiren, "siren", 1, $"Le SIREN {siren} de sa société est celui de ce compte.", []);
        }

        var domain = contact["company_domain"] is { } own && !MailDomains.IsFree(own) ? own : null;
        var sharing = domain is not null && _byDomain.TryGetValue(domain, out var accounts) ? accounts : new HashSet<Guid>();
        var byText = contact["company_name"] is null ? null : ByText(contact, sharing);
        if (byText is not null)
        {
            return byText;
        }

        return sharing.Count == 1
            ? new Attachment(sharing.Single(), "domain", .95, $"Son adresse e-mail est sur le domaine {domain}, qui n'appartient qu'à ce compte.", [])
            : null;
    }

    private Attachment? ByText(ResolvedRecord contact, HashSet<Guid> sharing)
    {
        var ranked = _result.Candidates(AccountMatching.CompanyOf(contact))
            .Select(c => (Candidate: c, Account: _accountOf[Guid.Parse(_records.KeyOf(c.Index))]))
            .GroupBy(c => c.Account)
            .Select(g => g.MaxBy(c => c.Candidate.Explanation.Total))
            .OrderByDescending(c => c.Candidate.Explanation.Total)
            .ToList();
        if (ranked.Count == 0)
        {
            return null;
        }

        // Two firms of a group share a mail domain: the name then chooses among them.
        var (best, account) = ranked[0];
        var next = ranked.Count > 1 ? ranked[1].Candidate.Explanation.Total : double.NegativeInfinity;
        var believed = best.Probability >= Believed && best.Explanation.Total - next >= LeadInBits;
        return believed || (sharing.Contains(account) && best.Explanation.Total > next)
            ? new Attachment(account, best.Explanation.Rule, best.Probability, best.Explanation.Sentence, best.Explanation.Evidence)
            : null;
    }
}

/// <summary>The account a contact's record speaks of, and why.</summary>
internal sealed record Attachment(Guid AccountId, string Rule, double Probability, string Sentence, IReadOnlyList<Evidence> Evidence);
