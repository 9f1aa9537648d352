using System.Globalization;
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
    /// <summary>How alike a word typed wrong must be: « Dupnot » and « Dupont » share about four parts in ten.</summary>
    private const double Alike = 0.4;

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
            : query.Wants(SearchKind.Account) ? await AccountsAsync(scope, query.Name, shown, ct) : [];
        var contacts = query.SirenStart is null && query.Wants(SearchKind.Contact) ? await ContactsAsync(scope, query.Name, shown, ct) : [];
        var segments = query.SirenStart is null && query.Wants(SearchKind.Segment) ? await SegmentsAsync(query.Name, ct) : [];
        return SearchAnswer.Nothing(query) with { Accounts = accounts, Contacts = contacts, Segments = segments };
    }

    private async Task<IReadOnlyList<SearchHit>> DirectAsync(AccountScope scope, SearchQuery query, CancellationToken ct)
    {
        List<SearchHit> hits = [];
        if (query.Siret is { } siret)
        {
            var holders = scope.Establishments(db).Where(e => e.Siret == siret).Select(e => e.AccountId);
            hits.AddRange(await Accounts(scope.Accounts(db).Where(a => holders.Contains(a.Id)), "siret").ToListAsync(ct));
        }

        if (hits.Count == 0 && query.Siren is { } siren)
        {
            hits.AddRange(await Accounts(scope.Accounts(db).Where(a => a.Siren == siren), "siren").ToListAsync(ct));
        }

        if (hits.Count == 0 && query.Vat is { } vat)
        {
            hits.AddRange(await Accounts(scope.Accounts(db).Where(a => a.Vat == vat), "vat").ToListAsync(ct));
        }

        if (query.Email is { } email)
        {
            hits.AddRange(await Contacts(scope.Contacts(db).Where(c => c.Emails.Contains(email)), "email").ToListAsync(ct));
            hits.AddRange(await Accounts(scope.Accounts(db).Where(a => a.Email == email), "email").ToListAsync(ct));
        }

        if (hits.Count == 0 && query.Phone is { } phone)
        {
            var places = scope.Establishments(db).Where(e => e.Phone == phone).Select(e => e.AccountId);
            hits.AddRange(await Accounts(scope.Accounts(db).Where(a => a.Phone == phone || places.Contains(a.Id)), "phone").ToListAsync(ct));
            hits.AddRange(await Contacts(scope.Contacts(db).Where(c => c.Phones.Contains(phone)), "phone").ToListAsync(ct));
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
            .. await Accounts(scope.Accounts(db).Where(a => accounts.Contains(a.Id)), "key").ToListAsync(ct),
            .. await Contacts(scope.Contacts(db).Where(c => contacts.Contains(c.Id)), "key").ToListAsync(ct),
        ];
        return hits.Count > 0 ? hits : await Accounts(scope.Accounts(db).Where(a => papers.Contains(a.Id)), "document").ToListAsync(ct);
    }

    private async Task<IReadOnlyList<SearchHit>> BySirenStartAsync(AccountScope scope, string digits, int shown, CancellationToken ct)
    {
        // A range, which the index on SIREN serves in any collation.
        var (low, high) = (digits.PadRight(9, '0'), digits.PadRight(9, '9'));
        var found = db.Database.SqlQuery<Guid>($"select id as \"Value\" from accounts where siren between {low} and {high} order by siren limit {shown}");
        return await Accounts(scope.Accounts(db).Where(a => found.Contains(a.Id)), "siren_start", shown).ToListAsync(ct);
    }

    private async Task<IReadOnlyList<SearchHit>> AccountsAsync(AccountScope scope, NameQuery name, int shown, CancellationToken ct)
    {
        var text = name.Text;
        var start = $"{text}%";
        var exact = name.Narrow(scope.Accounts(db))
            .OrderByDescending(a => EF.Functions.Like(a.Search, start))
            .ThenByDescending(a => EF.Functions.TrigramsWordSimilarity(text, a.Search))
            .ThenBy(a => a.Name).ThenBy(a => a.Id);
        var hits = await Accounts(exact, "name", shown).ToListAsync(ct);
        if (hits.Count >= 3 || text.Length < 4)
        {
            return hits;
        }

        var known = hits.Select(h => h.Id).ToArray();
        var near = scope.Accounts(db)
            .Where(a => EF.Functions.TrigramsAreWordSimilar(text, a.Search) && !known.Contains(a.Id))
            .OrderByDescending(a => EF.Functions.TrigramsWordSimilarity(text, a.Search)).ThenBy(a => a.Name).ThenBy(a => a.Id);
        return [.. hits, .. await NearAsync(Accounts(near, "near", shown - hits.Count), ct)];
    }

    private async Task<IReadOnlyList<SearchHit>> ContactsAsync(AccountScope scope, NameQuery name, int shown, CancellationToken ct)
    {
        var text = name.Text;
        var start = $"{text}%";
        var exact = name.Narrow(scope.Contacts(db))
            .OrderByDescending(c => EF.Functions.Like(c.Search, start))
            .ThenByDescending(c => EF.Functions.TrigramsWordSimilarity(text, c.Search))
            .ThenBy(c => c.Name).ThenBy(c => c.Id);
        var hits = await Contacts(exact, "name", shown).ToListAsync(ct);
        if (hits.Count >= 3 || text.Length < 4)
        {
            return hits;
        }

        var known = hits.Select(h => h.Id).ToArray();
        var near = scope.Contacts(db)
            .Where(c => EF.Functions.TrigramsAreWordSimilar(text, c.Search) && !known.Contains(c.Id))
            .OrderByDescending(c => EF.Functions.TrigramsWordSimilarity(text, c.Search)).ThenBy(c => c.Name).ThenBy(c => c.Id);
        return [.. hits, .. await NearAsync(Contacts(near, "near", shown - hits.Count), ct)];
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

    // The index answers the operator, whose threshold is a setting of the session: it is lowered for this transaction alone.
    private async Task<IReadOnlyList<SearchHit>> NearAsync(IQueryable<SearchHit> near, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"select set_config('pg_trgm.word_similarity_threshold', {Alike.ToString(CultureInfo.InvariantCulture)}, true)", ct);
        var hits = await near.ToListAsync(ct);
        await transaction.CommitAsync(ct);
        return hits;
    }

    private static IQueryable<SearchHit> Accounts(IQueryable<Account> accounts, string by, int shown = 10) =>
        accounts.Take(shown).Select(a => new SearchHit(
            SearchKind.Account, a.Id, a.Name, a.Siren, a.Address.City, a.Type.ToString(), null, by));

    private static IQueryable<SearchHit> Contacts(IQueryable<Contact> contacts, string by, int shown = 10) =>
        contacts.Take(shown).Select(c => new SearchHit(
            SearchKind.Contact, c.Id, c.Name, null, c.Account!.Name ?? c.CompanyName, c.JobTitle, null, by));
}
