using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Security;
using Rcu.Unification.People;

namespace Rcu.Exploration;

/// <summary>Reads what binds one person to companies and to other people, and what may be chosen when someone says more of it.</summary>
public sealed class ContactNetwork(RcuDb db, ContactSheets sheets, Search search)
{
    private const int Offered = 200;

    /// <param name="sought">The name of another person or account to say something about.</param>
    public async Task<Result<NetworkSheet>> ReadAsync(AccountScope scope, Guid id, string? sought, CancellationToken ct)
    {
        var found = await scope.Contacts(db).Where(c => c.Id == id).Select(c => new { c.Name, c.JobTitle, c.AccountId, Account = c.Account!.Name }).FirstOrDefaultAsync(ct);
        if (found is null)
        {
            return ExplorationErrors.ContactNotFound;
        }

        var roles = await sheets.RolesAsync(scope, id, ct);
        var accounts = roles.Select(r => new NamedId(r.AccountId, r.AccountName)).DistinctBy(a => a.Id).ToList();
        if (found.AccountId is { } employer && accounts.TrueForAll(a => a.Id != employer))
        {
            accounts.Insert(0, new NamedId(employer, found.Account));
        }

        var hits = string.IsNullOrWhiteSpace(sought) ? null : await search.FindAsync(scope, new SearchRights(Segments: false, Imports: false), sought, 20, ct);
        var near = hits is null ? [] : hits.Direct.Concat(hits.Accounts).Concat(hits.Contacts).ToList();
        accounts.AddRange(near.Where(h => h.Kind is SearchKind.Account && accounts.TrueForAll(a => a.Id != h.Id)).Select(h => new NamedId(h.Id, h.Name)));
        var ids = accounts.Select(a => a.Id).ToList();
        var colleagues = await scope.Contacts(db).Where(c => c.Id != id && c.AccountId != null && ids.Contains(c.AccountId.Value))
            .OrderBy(c => c.Name).ThenBy(c => c.Id).Take(Offered).Select(c => new NamedId(c.Id, c.Name + (c.JobTitle == null ? "" : ", " + c.JobTitle))).ToListAsync(ct);
        return new NetworkSheet(id, found.Name, found.JobTitle, found.Account)
        {
            Roles = roles,
            Stances = await StancesAsync(scope, id, ct),
            Relations = await sheets.RelationsAsync(scope, id, ct),
            Accounts = accounts,
            People = [.. near.Where(h => h.Kind is SearchKind.Contact && h.Id != id).Select(h => new NamedId(h.Id, h.Place is null ? h.Name : $"{h.Name}, {h.Place}")), .. colleagues],
            Sales = await scope.Opportunities(db).Where(o => ids.Contains(o.AccountId)).OrderByDescending(o => o.CloseOn).ThenBy(o => o.Id)
                .Take(Offered).Select(o => new NamedId(o.Id, o.Name)).ToListAsync(ct),
            Products = await db.Products.AsNoTracking().OrderBy(p => p.Label).ThenBy(p => p.Id).Take(Offered).Select(p => new NamedId(p.Id, p.Label)).ToListAsync(ct),
            FoundNothing = hits is not null && near.Count == 0,
        };
    }

    /// <summary>How a person stood towards us, the newest day first.</summary>
    public async Task<IReadOnlyList<ContactStance>> StancesAsync(AccountScope scope, Guid id, CancellationToken ct) =>
        await (from stance in db.Set<TypedStance>().AsNoTracking()
               where stance.ContactId == id && stance.DroppedAt == null
               join account in scope.Accounts(db) on stance.AccountId equals account.Id
               orderby stance.SeenOn descending, stance.SetAt descending
               select new ContactStance(
                   stance.FactId, account.Id, account.Name, stance.Stance, stance.SeenOn, stance.ToldBy, stance.ProductId, stance.Version, stance.SetBy, stance.SetAt))
            .Take(Offered).ToListAsync(ct);
}

/// <summary>What binds a person to companies and to other people.</summary>
public sealed record NetworkSheet(Guid Id, string Name, string? JobTitle, string? AccountName)
{
    public required IReadOnlyList<ContactRole> Roles { get; init; }

    public required IReadOnlyList<ContactStance> Stances { get; init; }

    public required IReadOnlyList<ContactRelation> Relations { get; init; }

    /// <summary>Where a part may be said: where they play one already, and those that were looked for.</summary>
    public required IReadOnlyList<NamedId> Accounts { get; init; }

    /// <summary>Whom a relation may be said with: those that were looked for, and their colleagues.</summary>
    public required IReadOnlyList<NamedId> People { get; init; }

    public required IReadOnlyList<NamedId> Sales { get; init; }

    public required IReadOnlyList<NamedId> Products { get; init; }

    /// <summary>Something was looked for, and nothing bears that name.</summary>
    public bool FoundNothing { get; init; }
}

/// <summary>Something to choose.</summary>
public sealed record NamedId(Guid Id, string Name);

/// <summary>How someone stood towards us on a day.</summary>
/// <param name="ToldBy">How it is known.</param>
public sealed record ContactStance(
    Guid Id, Guid AccountId, string AccountName, Stance Stance, DateOnly SeenOn, string ToldBy, Guid? ProductId, int Version, string By, DateTimeOffset At);
