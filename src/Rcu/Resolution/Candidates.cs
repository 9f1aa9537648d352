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

    /// <summary>How many records may be asked about at once.</summary>
    public const int MostAtOnce = 1_000;

    // Several records of one golden row answer together: enough of them are asked for.
    private const int RecordsAsked = 60;
    private const double BelievedEmployer = .90;

    // Below, a company that is named is none of those known: whoever works for one of them works elsewhere.
    private const double UnlikelyEmployer = .10;
    private static readonly Guid NoneKnown = Guid.AllBitsSet;

    /// <param name="raw">Canonical fields, as their source writes them.</param>
    public async Task<FoundCandidates> FindAsync(
        AccountScope scope, ClusterKind kind, IReadOnlyDictionary<string, string?> raw, CancellationToken ct) =>
        (await FindAsync(scope, [(kind, raw, null)], ct))[0];

    /// <summary>The same for many at once: one question to the database, whatever their number. The employer of a contact may be known already.</summary>
    public async Task<IReadOnlyList<FoundCandidates>> FindAsync(
        AccountScope scope, IReadOnlyList<(ClusterKind Kind, IReadOnlyDictionary<string, string?> Raw, Guid? Employer)> asked, CancellationToken ct)
    {
        var known = await index.OpenAsync(ct);
        var found = asked.Count == 1 ? [Find(known, asked[0])] : await Task.Run(() => FindAll(known, asked, ct), ct);
        var names = new Dictionary<Guid, GoldenName>();
        foreach (var kind in asked.Select(a => a.Kind).Distinct())
        {
            await NamesAsync(scope, kind, [.. found.Where(f => f.Kind == kind).SelectMany(f => f.Best.Select(b => b.Cluster)).Distinct()], names, ct);
        }

        var keys = await KeysAsync([.. found.SelectMany(f => f.Best.Where(b => names.ContainsKey(b.Cluster)).Select(b => b.Record)).Distinct()], ct);
        return
        [
            .. found.Select(f => new FoundCandidates(
                [
                    .. f.Best.Where(b => names.ContainsKey(b.Cluster) && keys.ContainsKey(b.Record))
                        .Select(b => new FoundCandidate(names[b.Cluster], b.Source, keys[b.Record], b.Explanation)),
                ],
                f.Asked)),
        ];
    }

    private static List<Found> FindAll(
        LookUp known, IReadOnlyList<(ClusterKind Kind, IReadOnlyDictionary<string, string?> Raw, Guid? Employer)> asked, CancellationToken ct) =>
        [.. asked.AsParallel().AsOrdered().WithCancellation(ct).Select(one => Find(known, one))];

    private static Found Find(LookUp known, (ClusterKind Kind, IReadOnlyDictionary<string, string?> Raw, Guid? Employer) asked)
    {
        var (kind, raw, employer) = asked;
        var clean = RecordCleaner.Clean(kind is ClusterKind.Account ? RecordKind.Account : RecordKind.Contact, raw);
        var records = kind is ClusterKind.Account ? known.Accounts : known.Contacts;
        var values = kind is ClusterKind.Account
            ? AccountMatching.Values(clean.Fields)
            : ContactMatching.Values(clean.Fields, employer ?? Employer(known, clean.Fields));
        var best = new List<FoundRecord>();
        foreach (var (record, source, cluster, candidate) in records.Find(values, RecordsAsked))
        {
            if (best.Count < Most && !best.Exists(b => b.Cluster == cluster))
            {
                best.Add(new FoundRecord(cluster, record, source, candidate.Explanation));
            }
        }

        return new Found(kind, clean, best);
    }

    private static Guid? Employer(LookUp known, IReadOnlyDictionary<string, string> fields)
    {
        var company = AccountMatching.CompanyOf(field => fields.GetValueOrDefault(field));
        if (company.All(value => value is null))
        {
            return null;
        }

        var (_, _, account, best) = known.Accounts.Find(company, 1).FirstOrDefault();
        return best switch
        {
            { Probability: >= BelievedEmployer } => account,
            null or { Probability: < UnlikelyEmployer } when fields.ContainsKey("company_name") => NoneKnown,
            _ => null,
        };
    }

    private async Task NamesAsync(AccountScope scope, ClusterKind kind, List<Guid> ids, Dictionary<Guid, GoldenName> names, CancellationToken ct)
    {
        var golden = kind is ClusterKind.Account
            ? scope.Accounts(db).Where(a => ids.Contains(a.Id)).Select(a => new GoldenName(a.Id, a.Name, a.Siren, a.Address.City))
            : scope.Contacts(db).Where(c => ids.Contains(c.Id)).Select(c => new GoldenName(c.Id, c.Name, null, c.Account!.Name));
        await foreach (var name in golden.AsAsyncEnumerable().WithCancellation(ct))
        {
            names.Add(name.Id, name);
        }
    }

    private Task<Dictionary<Guid, string>> KeysAsync(List<Guid> records, CancellationToken ct) =>
        db.Records.Where(r => records.Contains(r.Id)).Select(r => new { r.Id, r.ExternalKey }).ToDictionaryAsync(r => r.Id, r => r.ExternalKey, ct);

    private sealed record Found(ClusterKind Kind, CleanedRecord Asked, IReadOnlyList<FoundRecord> Best);

    private sealed record FoundRecord(Guid Cluster, Guid Record, string Source, Explanation Explanation);
}

/// <summary>What was found, and what cleaning made of the values that were asked about.</summary>
public sealed record FoundCandidates(IReadOnlyList<FoundCandidate> Candidates, CleanedRecord Asked);

/// <summary>A golden row the values may be, the record of it that looks most like them, and why.</summary>
public sealed record FoundCandidate(GoldenName Golden, string Source, string Key, Explanation Explanation);

/// <param name="Siren">Of an account.</param>
/// <param name="Place">The town of an account, the employer of a contact.</param>
public sealed record GoldenName(Guid Id, string Name, Siren? Siren, string? Place);
