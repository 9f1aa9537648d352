using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Segmentation;

namespace Rcu.Security;

/// <summary>
/// What one reader may see of the customers. Every page, endpoint, count, search and export reads through it, so that
/// territories will be one change here. Today it is wide open.
/// </summary>
/// <param name="Reader">The user id or the API key that reads, for the audit.</param>
[SuppressMessage("Performance", "CA1822", Justification = "Territories will filter by the reader.")]
public sealed record AccountScope(string Reader)
{
    /// <summary>For the hub's own background work.</summary>
    public static readonly AccountScope Hub = new("hub");

    public IQueryable<Account> Accounts(RcuDb db) => db.Accounts.AsNoTracking();

    /// <summary>The same accounts, by what most rules ask of them.</summary>
    public IQueryable<AccountFacet> Facets(RcuDb db) => db.Set<AccountFacet>().AsNoTracking();

    public IQueryable<Contact> Contacts(RcuDb db) => db.Contacts.AsNoTracking();

    /// <summary>About so many of a hundred accounts, drawn by pages of the table, the same each time.</summary>
    public IQueryable<Account> SomeAccounts(RcuDb db, float percent) =>
        Accounts(db).Where(a => db.Database.SqlQuery<Guid>($"select id as \"Value\" from accounts tablesample system ({percent}) repeatable (7)").Contains(a.Id));

    /// <summary>About so many of a hundred contacts, drawn by pages of the table, the same each time.</summary>
    public IQueryable<Contact> SomeContacts(RcuDb db, float percent) =>
        Contacts(db).Where(c => db.Database.SqlQuery<Guid>($"select id as \"Value\" from contacts tablesample system ({percent}) repeatable (7)").Contains(c.Id));

    public IQueryable<Establishment> Establishments(RcuDb db) => db.Establishments.AsNoTracking();

    public IQueryable<Role> Roles(RcuDb db) => db.Roles.AsNoTracking();

    public IQueryable<Interaction> Interactions(RcuDb db) =>
        db.Interactions.AsNoTracking().Where(i => i.AccountId != Account.Unknown);

    public IQueryable<Document> Documents(RcuDb db) => db.Documents.AsNoTracking().Where(d => d.AccountId != Account.Unknown);

    public IQueryable<DocumentLine> DocumentLines(RcuDb db) =>
        db.DocumentLines.AsNoTracking().Where(l => l.AccountId != Account.Unknown);

    public IQueryable<Opportunity> Opportunities(RcuDb db) =>
        db.Opportunities.AsNoTracking().Where(o => o.AccountId != Account.Unknown);
}
