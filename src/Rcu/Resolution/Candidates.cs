using Microsoft.EntityFrameworkCore;
using Rcu.Cleaning;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Identifiers;
using Rcu.Matching;
using Rcu.Security;

namespace Rcu.Resolution;

/// <summary>Which known accounts or contacts some values may be, with the score and the reasons. Nothing is saved.</summary>
public sealed class Candidates(RcuDb db, CandidateIndex index)
{
    public const int Most = 10;

    // Several records of one golden row answer together: enough of them are asked for.
    private const int RecordsAsked = 60;
    private const double BelievedEmployer = .90;

    /// <param name="raw">Canonical fields, as their source writes them.</param>
    public async Task<FoundCandidates> FindAsync(
        AccountScope scope, ClusterKind kind, IReadOnlyDictionary<string, string?> raw, CancellationToken ct)
    {
        var clean = RecordCleaner.Clean(kind is ClusterKind.Account ? RecordKind.Account : RecordKind.Contact, raw);
        var known = await index.OpenAsync(ct);
        var (engine, records) = kind is ClusterKind.Account ? (known.Accounts, known.AccountRecords) : (known.Contacts, known.ContactRecords);
        var values = kind is ClusterKind.Account
            ? AccountMatching.Values(clean.Fields)
            : ContactMatching.Values(clean.Fields, Employer(known, clean.Fields));
        var best = engine.Candidates(values, RecordsAsked)
            .Select(c => (Candidate: c, Record: records[c.Index]))
            .Where(c => c.Record.ClusterId is not null)
            .GroupBy(c => c.Record.ClusterId!.Value, (_, same) => same.First())
            .Take(Most)
            .ToList();
        var names = await NamesAsync(scope, kind, [.. best.Select(c => c.Record.ClusterId!.Value)], ct);
        return new FoundCandidates(
            [
                .. best.Where(c => names.ContainsKey(c.Record.ClusterId!.Value)).Select(c => new FoundCandidate(
                    names[c.Record.ClusterId!.Value], c.Record.Source, c.Record.Key, c.Candidate.Explanation)),
            ],
            clean);
    }

    private static Guid? Employer(CandidateIndex.LookUp known, IReadOnlyDictionary<string, string> fields)
    {
        var company = AccountMatching.CompanyOf(new ResolvedRecord(Guid.Empty, Guid.Empty, "", "", default, fields));
        return company.Any(value => value is not null) && known.Accounts.Candidates(company, 1) is [{ Probability: >= BelievedEmployer } best]
            ? known.AccountRecords[best.Index].ClusterId
            : null;
    }

    private async Task<Dictionary<Guid, GoldenName>> NamesAsync(AccountScope scope, ClusterKind kind, List<Guid> ids, CancellationToken ct)
    {
        var names = kind is ClusterKind.Account
            ? scope.Accounts(db).Where(a => ids.Contains(a.Id)).Select(a => new GoldenName(a.Id, a.Name, a.Siren, a.Address.City))
            : scope.Contacts(db).Where(c => ids.Contains(c.Id)).Select(c => new GoldenName(c.Id, c.Name, null, c.Account!.Name));
        return await names.ToDictionaryAsync(n => n.Id, ct);
    }
}

/// <summary>What was found, and what cleaning made of the values that were asked about.</summary>
public sealed record FoundCandidates(IReadOnlyList<FoundCandidate> Candidates, CleanedRecord Asked);

/// <summary>A golden row the values may be, the record of it that looks most like them, and why.</summary>
public sealed record FoundCandidate(GoldenName Golden, string Source, string Key, Explanation Explanation);

/// <param name="Siren">Of an account.</param>
/// <param name="Place">The town of an account, the employer of a contact.</param>
public sealed record GoldenName(Guid Id, string Name, Siren? Siren, string? Place);
