using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Customers.Postal;
using Rcu.Data;
using Rcu.Identifiers;
using Rcu.Resolution;

namespace Rcu.Unification.Postal;

/// <summary>Whose letters came back: by the hub's number, a SIREN or SIRET, the key of a source, else by name and postal code.</summary>
internal sealed class ReturnedAccounts(RcuDb db)
{
    private const int Slice = 5_000;

    /// <summary>By line: the account, or why none.</summary>
    public async Task<Dictionary<long, FoundReturn>> FindAsync(IReadOnlyList<ReturnRow> rows, CancellationToken ct)
    {
        var found = new Dictionary<long, FoundReturn>();
        foreach (var slice in rows.Chunk(Slice))
        {
            var (byKey, byPlace) = (await ByKeyAsync(slice, ct), await ByPlaceAsync(slice, ct));
            foreach (var row in slice)
            {
                var accounts = (row.Key is null ? [] : byKey[row.Key]).Distinct().ToList();
                accounts = accounts.Count > 0 || row.Name is null || row.PostalCode is null ? accounts
                    : [.. byPlace[(row.PostalCode, PostalWords.Name(row.Name))].Distinct()];
                found[row.Line] = accounts switch
                {
                    [var only] => new FoundReturn(only, null),
                    [] => new FoundReturn(null, "Aucun compte n'a cet identifiant, ni ce nom à ce code postal."),
                    _ => new FoundReturn(null, $"{accounts.Count} comptes y répondent : précisez l'identifiant."),
                };
            }
        }

        return found;
    }

    private async Task<ILookup<string, Guid>> ByKeyAsync(ReturnRow[] rows, CancellationToken ct)
    {
        var keys = rows.Select(row => row.Key).OfType<string>().Distinct().ToList();
        var ids = keys.Select(key => (Key: key, Id: Guid.TryParse(key, out var id) ? id : Guid.Empty)).Where(key => key.Id != Guid.Empty).ToLookup(k => k.Id, k => k.Key);
        var numbers = keys.Select(key => (Key: key, Siren: SirenOf(key))).Where(key => key.Siren is not null).ToLookup(k => k.Siren!, k => k.Key);
        var (guids, sirens) = (ids.Select(g => g.Key).ToList(), numbers.Select(g => Siren.Parse(g.Key, null)).ToList());
        var own = await db.Accounts.Where(a => guids.Contains(a.Id)).Select(a => a.Id).ToListAsync(ct);
        var official = await db.Accounts.Where(a => a.Siren != null && sirens.Contains(a.Siren)).Select(a => new { a.Id, a.Siren }).ToListAsync(ct);
        var sources = await db.Records.Where(r => r.Kind == RecordKind.Account && r.RemovedAt == null && keys.Contains(r.ExternalKey))
            .Join(db.Links.Where(l => l.Kind == ClusterKind.Account), r => r.Id, l => l.RecordId, (r, l) => new { r.ExternalKey, l.ClusterId }).ToListAsync(ct);
        return own.SelectMany(id => ids[id].Select(key => (Key: key, Id: id)))
            .Concat(official.SelectMany(a => numbers[a.Siren!.Value].Select(key => (Key: key, a.Id))))
            .Concat(sources.Select(s => (Key: s.ExternalKey, Id: s.ClusterId)))
            .ToLookup(k => k.Key, k => k.Id);
    }

    private async Task<ILookup<(string PostalCode, string Name), Guid>> ByPlaceAsync(ReturnRow[] rows, CancellationToken ct)
    {
        var codes = rows.Where(row => row.Name is not null).Select(row => row.PostalCode).OfType<string>().Distinct().ToList();
        var there = await db.Accounts.Where(a => a.Address.PostalCode != null && codes.Contains(a.Address.PostalCode))
            .Select(a => new { a.Id, a.Name, a.LegalName, a.Brand, Code = a.Address.PostalCode! }).ToListAsync(ct);
        return there
            .SelectMany(a => new[] { a.Name, a.LegalName, a.Brand }.OfType<string>().Select(PostalWords.Name).Distinct()
                .SelectMany(name => new[] { name, PostalWords.Fit(name, out _) }).Distinct().Select(name => (Key: (a.Code, name), a.Id)))
            .ToLookup(a => a.Key, a => a.Id);
    }

    private static string? SirenOf(string key) =>
        key.Compact() is { Length: 9 or 14 } digits && Siren.TryParse(digits[..9], null, out var siren) ? siren.Value : null;
}

/// <summary>Whose letter it is, or why nobody's.</summary>
internal sealed record FoundReturn(Guid? Account, string? Why);
