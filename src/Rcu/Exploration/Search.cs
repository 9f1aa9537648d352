using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Exploration.Desk;
using Rcu.Resolution;
using Rcu.Security;

namespace Rcu.Exploration;

/// <summary>
/// The one search field. An exact identifier (SIREN, SIRET, VAT number, phone, e-mail, key of a source, number of a document)
/// opens its record; else names are compared whatever their accents, case, legal form and small typing mistakes.
/// </summary>
public sealed class Search(RcuDb db, SideReads side)
{
    private const int ShownDirect = 10;
    private const int ShownOthers = 5;
    private const int LastImports = 500;

    private readonly NameSearch _names = new(db);

    /// <param name="shown">Of each kind.</param>
    public async Task<SearchAnswer> FindAsync(AccountScope scope, SearchRights rights, string? typed, int shown, CancellationToken ct)
    {
        var query = SearchQuery.Of(typed);
        if (query.IsEmpty || query.IsCommand)
        {
            return SearchAnswer.Nothing(query);
        }

        // One connection for all that is asked, rather than one taken and given back for each.
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            return await FindAsync(scope, rights, query, shown, ct);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private async Task<SearchAnswer> FindAsync(AccountScope scope, SearchRights rights, SearchQuery query, int shown, CancellationToken ct)
    {
        var direct = await DirectAsync(scope, query, ct);
        if (direct.Count > 0)
        {
            return SearchAnswer.Nothing(query with { Near = null }) with { Direct = await WithOwnersAsync(direct, ct) };
        }

        var byName = query.SirenStart is null;
        var names = byName && query.Wants(SearchKind.Contact) ? await _names.BesideAsync(query.Name, ct) : null;
        await using var people = side.Begin(async other => names is null ? ([], null) : await PeopleAsync(names(other), scope.Contacts(other), query.Name, shown, ct));
        var accounts = query.SirenStart is { } digits ? await BySirenStartAsync(scope, digits, shown, ct)
            : query.Wants(SearchKind.Account) ? await _names.FindAsync(scope.Accounts(db), query.Name, shown, Accounts, ct) : [];
        if (byName && query.Wants(SearchKind.Account) && accounts.All(a => a.By != "name"))
        {
            var past = await new PastNames(db).FindAsync(scope, query.Name, shown, ct);
            var takenOver = past.Count == shown ? [] : await new TakenOver(db).FindAsync(scope, query.Typed, shown, ct);
            accounts = [.. past.Concat(takenOver).Concat(accounts).DistinctBy(a => a.Id).Take(shown)];
        }

        var counted = byName && accounts.Count == shown ? Known(await _names.CountAsync(scope.Accounts(db), query.Name, SearchTotals.Counted, ct), shown) : null;
        var shownAccounts = await WithOwnersAsync(accounts, ct);
        var (contacts, countedPeople) = await people.ValueAsync();
        return SearchAnswer.Nothing(query) with
        {
            Accounts = shownAccounts,
            Contacts = contacts,
            Segments = byName && rights.Segments && query.Wants(SearchKind.Segment) ? await SegmentsAsync(query.Name, ct) : [],
            Imports = byName && rights.Imports && query.Only is null ? await ImportsAsync(query.Name, ct) : [],
            Totals = new SearchTotals(counted, countedPeople),
        };
    }

    private static async Task<(IReadOnlyList<SearchHit> Hits, int? Counted)> PeopleAsync(
        NameSearch names, IQueryable<Contact> people, NameQuery name, int shown, CancellationToken ct)
    {
        var hits = await names.FindAsync(people, name, shown, Contacts, ct);
        return (hits, hits.Count == shown ? Known(await names.CountAsync(people, name, SearchTotals.Counted, ct), shown) : null);
    }

    // What a slip of the fingers found, no list counts: a list takes words as they are written.
    private static int? Known(int counted, int shown) => counted >= shown ? counted : null;

    /// <summary>The accounts somebody looked at last, the latest first.</summary>
    public async Task<IReadOnlyList<SearchHit>> RecentAsync(AccountScope scope, string person, int shown, CancellationToken ct)
    {
        var who = person.Trim().ToLowerInvariant();
        var seen = db.Database.SqlQuery<Guid>($"select account_id as \"Value\" from account_visits where visitor = {who} order by at desc limit {2 * shown}");
        var order = await seen.ToListAsync(ct);
        var known = await Accounts(scope.Accounts(db).Where(a => order.Contains(a.Id)), "recent", 2 * shown).ToListAsync(ct);
        return await WithOwnersAsync([.. known.OrderBy(hit => order.IndexOf(hit.Id)).Take(shown)], ct);
    }

    /// <summary>One account or contact as a line of the search; null when there is none in the scope.</summary>
    public async Task<SearchHit?> OneAsync(AccountScope scope, SearchKind kind, Guid id, CancellationToken ct) => kind switch
    {
        SearchKind.Account => await Accounts(scope.Accounts(db).Where(a => a.Id == id), "id", 1).SingleOrDefaultAsync(ct),
        SearchKind.Contact => await Contacts(scope.Contacts(db).Where(c => c.Id == id), "id", 1).SingleOrDefaultAsync(ct),
        _ => null,
    };

    private async Task<IReadOnlyList<SearchHit>> WithOwnersAsync(IReadOnlyList<SearchHit> hits, CancellationToken ct)
    {
        var ids = hits.Where(h => h.Kind is SearchKind.Account).Select(h => h.Id).ToList();
        if (ids.Count == 0)
        {
            return hits;
        }

        var owners = await new ListExtras(db).OwnersAsync(ids, ct);
        return [.. hits.Select(h => h with { Owner = owners[h.Id].FirstOrDefault() })];
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
            .. all.Where(s => Holds(s.Name, name))
                .Take(ShownOthers).Select(s => new SearchHit(SearchKind.Segment, s.Id, s.Name, null, null, null, s.MemberCount, "name")),
        ];
    }

    private async Task<IReadOnlyList<SearchHit>> ImportsAsync(NameQuery name, CancellationToken ct)
    {
        var last = await db.Uploads.AsNoTracking().OrderByDescending(u => u.RunId).Take(LastImports)
            .Join(db.Sources, u => u.SourceId, s => s.Id, (u, s) => new { u.RunId, u.OriginalName, s.Label }).ToListAsync(ct);
        return
        [
            .. last.Where(u => Holds(u.OriginalName, name)).OrderByDescending(u => u.RunId)
                .Take(ShownOthers).Select(u => new SearchHit(SearchKind.Import, u.RunId, u.OriginalName, null, u.Label, null, null, "name")),
        ];
    }

    /// <summary>Whether every word that was typed, or another reading of it, stands in a name.</summary>
    public static bool Holds(string text, NameQuery name)
    {
        var folded = SearchText.Fold(text);
        return name.Words.All(word => word.Any(reading => folded.Contains(reading, StringComparison.Ordinal)));
    }

    internal static IQueryable<SearchHit> Accounts(IQueryable<Account> accounts, string by, int shown) =>
        accounts.Take(shown).Select(a => new SearchHit(
            SearchKind.Account, a.Id, a.Name, a.Siren, a.Address.City, a.Type.ToString(), null, by)
        { IsCeased = a.InseeState == "C" });

    private static IQueryable<SearchHit> Contacts(IQueryable<Contact> contacts, string by, int shown) =>
        contacts.Take(shown).Select(c => new SearchHit(
            SearchKind.Contact, c.Id, c.Name, null, c.Account!.Name ?? c.CompanyName, c.JobTitle, null, by));
}
