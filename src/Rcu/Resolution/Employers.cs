using Npgsql;
using Rcu.Data;
using Rcu.Matching;
using Rcu.Reference;

namespace Rcu.Resolution;

/// <summary>Finds the account a contact's record speaks of: by its source's key, else by SIREN, else by what it says of the company.</summary>
/// <param name="accountOf">The golden account of an account's record, by its place among the records.</param>
internal sealed class Employers(KnownRecords accounts, EmployerKeys keys, Func<int, Guid> accountOf, MatchIndex index)
{
    // A free-text company name is weak: it is believed from here on, and only when it leads the next account by some bits.
    private const double Believed = .90;
    private const double LeadInBits = 3;

    private static readonly string[] Said = ["company_siren", "company_siret", "company_domain", "company_name", "postal_code", "city"];

    private static readonly string Query =
        $"""
        select r.id, a.id, r.fields ->> 'account_key', {string.Join(", ", Said.Select(field => $"r.fields ->> '{field}'"))}
        from records r
        left join records a on a.source_id = r.source_id and a.kind = 'Account' and a.external_key = r.fields ->> 'account_key'
        where {RecordFeed.Which("Contact")}
        """;

    /// <summary>The account of every contact's record that speaks of a known one.</summary>
    /// <param name="which">Which contacts, as a condition on <c>r</c>.</param>
    public async Task<Dictionary<Guid, Attachment>> FindAsync(NpgsqlConnection connection, string which, CancellationToken ct)
    {
        var found = new Dictionary<Guid, Attachment>();
        var asked = new List<(Guid Contact, string?[] Said)>();
        using (var rows = await CopyReader.OpenAsync(connection, Said.Length + 3, $"{Query} and {which}", ct))
        {
            while (rows.Read())
            {
                ct.ThrowIfCancellationRequested();
                if (!rows.IsNull(1) && accounts.PlaceOf(rows.Guid(1)) is >= 0 and var account)
                {
                    found.Add(rows.Guid(0), new Attachment(accountOf(account), "account_key", 1, rows.Text(2)!, null));
                }
                else if (rows.Text(3) is { } siren && keys.WithSiren(siren) is { } bySiren)
                {
                    found.Add(rows.Guid(0), new Attachment(accountOf(bySiren), "siren", 1, siren, null));
                }
                else if (!rows.IsNull(5) || !rows.IsNull(6))
                {
                    asked.Add((rows.Guid(0), [.. Enumerable.Range(3, Said.Length).Select(rows.Text)]));
                }
            }
        }

        foreach (var (contact, attachment) in asked.AsParallel().WithCancellation(ct).Select(a => (a.Contact, Attachment: Of(a.Said))))
        {
            if (attachment is not null)
            {
                found.Add(contact, attachment);
            }
        }

        return found;
    }

    private Attachment? Of(string?[] said)
    {
        string? Field(string name) => Array.IndexOf(Said, name) is >= 0 and var place ? said[place] : null;
        var domain = Field("company_domain") is { } own && !MailDomains.IsFree(own) ? own : null;
        HashSet<Guid> sharing = domain is null ? [] : [.. keys.OnDomain(domain).Select(accountOf)];
        var byText = Field("company_name") is null ? null : ByText(Field, sharing);
        return byText is null && sharing.Count == 1 ? new Attachment(sharing.Single(), "domain", .95, domain!, null) : byText;
    }

    private Attachment? ByText(Func<string, string?> contact, HashSet<Guid> sharing)
    {
        var ranked = index.Candidates(AccountMatching.CompanyOf(contact))
            .Select(c => (Candidate: c, Account: accountOf(c.Index)))
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
            ? new Attachment(account, best.Explanation.Rule, best.Probability, "", best.Explanation)
            : null;
    }
}
