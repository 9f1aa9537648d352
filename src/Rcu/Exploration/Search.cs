using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Resolution;
using Rcu.Security;

namespace Rcu.Exploration;

/// <summary>
/// The one search field. An exact identifier (SIREN, SIRET, VAT number, phone, e-mail, key of a source, number of a document)
/// opens its record; else names are compared whatever their accents, case, legal form and small typing mistakes.
/// </summary>
public sealed class Search(RcuDb db)
{
    private const int ShownDirect = 10;

    private readonly NameSearch _names = new(db);

    public async Task<SearchAnswer> FindAsync(AccountScope scope, string? typed, int shown, CancellationToken ct)
    {
        var query = SearchQuery.Of(typed);
        if (query.IsEmpty)
        {
            return SearchAnswer.Nothing(query);
        }

        var direct = await DirectAsync(scope, query, ct);
        if (direct.Count > 0)
        {
            return SearchAnswer.Nothing(query with { Near = null }) with { Direct = direct };
        }

        var accounts = query.SirenStart is { } digits ? await BySirenStartAsync(scope, digits, shown, ct)
            : query.Wants(SearchKind.Account) ? await _names.FindAsync(scope.Accounts(db), query.Name, shown, Accounts, ct) : [];
        var contacts = query.SirenStart is null && query.Wants(SearchKind.Contact) ? await _names.FindAsync(scope.Contacts(db), query.Name, shown, Contacts, ct) : [];
        var segments = query.SirenStart is null && query.Wants(SearchKind.Segment) ? await SegmentsAsync(query.Name, ct) : [];
        return SearchAnswer.Nothing(query) with { Accounts = accounts, Contacts = contacts, Segments = segments };
    }

    private async Task<IReadOnlyList<SearchHit>> DirectAsync(AccountScope scope, SearchQuery query, CancellationToken ct)
    {
        List<SearchHit> hits = [];
        if (query.Siret is { } siret)
        {
            var holders = scope.Establishments(db).Where(e => e.Siret == siret).Select(e => e.AccountId);
            hits.AddRange(await Accounts(scope.Accounts(db).Where(a => holders.Contains(a.Id)), "siret", ShownDirect).ToListAsync(ct));
        }

        if (hits.Count == 0 && query.Siren is { } siren)
        {
            hits.AddRange(await Accounts(scope.Accounts(db).Where(a => a.Siren == siren), "siren", ShownDirect).ToListAsync(ct));
        }

        if (hits.Count == 0 && query.Vat is { } vat)
        {
            hits.AddRange(await Accounts(scope.Accounts(db).Where(a => a.Vat == vat), "vat", ShownDirect).ToListAsync(ct));
        }

        if (query.Email is { } email)
        {
            hits.AddRange(await Contacts(scope.Contacts(db).Where(c => new[] { email }.All(one => c.Emails.Contains(one))), "email", ShownDirect).ToListAsync(ct));
            hits.AddRange(await Accounts(scope.Accounts(db).Where(a => a.Email == email), "email", ShownDirect).ToListAsync(ct));
        }

        if (hits.Count == 0 && query.Phone is { } phone)
        {
            var holders = scope.Accounts(db).Where(a => a.Phone == phone).Select(a => a.Id)
                .Union(scope.Establishments(db).Where(e => e.Phone == phone).Select(e => e.AccountId));
            hits.AddRange(await Accounts(scope.Accounts(db).Where(a => holders.Contains(a.Id)), "phone", ShownDirect).ToListAsync(ct));
            hits.AddRange(await Contacts(scope.Contacts(db).Where(c => new[] { phone }.All(one => c.Phones.Contains(one))), "phone", ShownDirect).ToListAsync(ct));
        }

        if (hits.Count == 0 && query.Key is { } key)
        {
            hits.AddRange(await ByKeyAsync(scope, key, ct));
        }

        return hits;
    }

    private async Task<IReadOnlyList<SearchHit>> ByKeyAsync(AccountScope scope, string key, CancellationToken ct)
    {
        var papers = scope.Documents(db).Where(d => d.Number == key).Select(d => d.AccountId);
        var accounts = from record in db.Records
                       where record.ExternalKey == key && record.RemovedAt == null && record.Kind == RecordKind.Account
                       join link in db.Links on record.Id equals link.RecordId
                       where link.Kind == ClusterKind.Account
                       select link.ClusterId;
        var contacts = from record in db.Records
                       where record.ExternalKey == key && record.RemovedAt == null && record.Kind == RecordKind.Contact
                       join link in db.Links on record.Id equals link.RecordId
                       where link.Kind == ClusterKind.Contact
                       select link.ClusterId;
        List<SearchHit> hits =
        [
            .. await Accounts(scope.Accounts(db).Where(a => accounts.Contains(a.Id)), "key", ShownDirect).ToListAsync(ct),
            .. await Contacts(scope.Contacts(db).Where(c => contacts.Contains(c.Id)), "key", ShownDirect).ToListAsync(ct),
        ];
        return hits.Count > 0 ? hits : await Accounts(scope.Accounts(db).Where(a => papers.Contains(a.Id)), "document", ShownDirect).ToListAsync(ct);
    }

    private async Task<IReadOnlyList<SearchHit>> BySirenStartAsync(AccountScope scope, string digits, int shown, CancellationToken ct)
    {
        // A range, which the index on SIREN serves in any collation.
        var (low, high) = (digits.PadRight(9, '0'), digits.PadRight(9, '9'));
        var found = db.Database.SqlQuery<Guid>($"select id as \"Value\" from accounts where siren between {low} and {high} order by siren limit {shown}");
        return await Accounts(scope.Accounts(db).Where(a => found.Contains(a.Id)), "siren_start", shown).ToListAsync(ct);
    }

    // Segments are few: their names are folded here.
    private async Task<IReadOnlyList<SearchHit>> SegmentsAsync(NameQuery name, CancellationToken ct)
    {
        var all = await db.Segments.AsNoTracking().Where(s => s.ArchivedAt == null).OrderBy(s => s.Name)
            .Take(1000).Select(s => new { s.Id, s.Name, s.MemberCount }).ToListAsync(ct);
        return
        [
            .. all.Where(s => name.Words.All(w => w.Any(reading => SearchText.Fold(s.Name).Contains(reading, StringComparison.Ordinal))))
                .Take(5).Select(s => new SearchHit(SearchKind.Segment, s.Id, s.Name, null, null, null, s.MemberCount, "name")),
        ];
    }

    private static IQueryable<SearchHit> Accounts(IQueryable<Account> accounts, string by, int shown) =>
        accounts.Take(shown).Select(a => new SearchHit(
            SearchKind.Account, a.Id, a.Name, a.Siren, a.Address.City, a.Type.ToString(), null, by));

    private static IQueryable<SearchHit> Contacts(IQueryable<Contact> contacts, string by, int shown) =>
        contacts.Take(shown).Select(c => new SearchHit(
            SearchKind.Contact, c.Id, c.Name, null, c.Account!.Name ?? c.CompanyName, c.JobTitle, null, by));
}
