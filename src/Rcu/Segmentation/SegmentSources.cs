using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Security;

namespace Rcu.Segmentation;

/// <summary>The rows a rule looks at: the hub's tables as a reader may see them, or what was loaded of a few of them.</summary>
public sealed record SegmentSources(
    IQueryable<Account> Accounts,
    IQueryable<Contact> Contacts,
    IQueryable<Establishment> Establishments,
    IQueryable<Role> Roles,
    IQueryable<Document> Documents,
    IQueryable<Opportunity> Opportunities,
    IQueryable<Interaction> Interactions,
    IQueryable<OwnValue> OwnValues,
    IQueryable<Consent> Consents,
    IQueryable<BoughtProduct> Products,
    IQueryable<GroupMember> Group,
    IQueryable<SegmentMember> Members,
    IQueryable<SegmentPresence> Presences,
    IQueryable<Place> Places)
{
    public static SegmentSources Of(AccountScope scope, RcuDb db) => new(
        scope.Accounts(db),
        scope.Contacts(db),
        scope.Establishments(db),
        scope.Roles(db),
        scope.Documents(db),
        scope.Opportunities(db),
        scope.Interactions(db),
        db.Set<OwnValue>().AsNoTracking(),
        db.Consents.AsNoTracking(),
        db.Set<BoughtProduct>().AsNoTracking().Where(p => p.AccountId != Account.Unknown),
        db.Set<GroupMember>().AsNoTracking(),
        db.SegmentMembers.AsNoTracking().Where(m => m.ExitedAt == null),
        db.Set<SegmentPresence>().AsNoTracking(),
        db.Set<Place>().AsNoTracking());
}
