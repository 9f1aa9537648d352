using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Security;

namespace Rcu.Segmentation;

/// <summary>Loads what a rule needs to know of a few accounts or contacts, to judge them in memory and say why.</summary>
public static class SegmentFacts
{
    /// <summary>No rows at all: enough to check a rule.</summary>
    public static readonly SegmentSources None = InMemory([], [], [], [], [], [], []);

    public static SegmentSources InMemory(
        IEnumerable<Account> accounts,
        IEnumerable<Contact> contacts,
        IEnumerable<Establishment> establishments,
        IEnumerable<Role> roles,
        IEnumerable<Document> documents,
        IEnumerable<Opportunity> opportunities,
        IEnumerable<Interaction> interactions,
        IEnumerable<OwnValue>? ownValues = null) => new(
            accounts.AsQueryable(),
            contacts.AsQueryable(),
            establishments.AsQueryable(),
            roles.AsQueryable(),
            documents.AsQueryable(),
            opportunities.AsQueryable(),
            interactions.AsQueryable(),
            (ownValues ?? []).AsQueryable());

    public static async Task<SegmentSources> LoadAsync(
        AccountScope scope, RcuDb db, SegmentTarget target, IReadOnlyList<Guid> ids, Condition rule, CancellationToken ct)
    {
        var used = Relations(rule).ToHashSet();
        var ofAccounts = target is SegmentTarget.Accounts;
        var accounts = ofAccounts ? await scope.Accounts(db).Include(a => a.Metrics).Include(a => a.PostalFlag).Include(a => a.Score).Where(a => ids.Contains(a.Id)).ToListAsync(ct) : [];
        var contacts = !ofAccounts
            ? await WithAll(scope.Contacts(db)).Where(c => ids.Contains(c.Id)).ToListAsync(ct)
            : used.Contains("contacts")
                ? await WithAll(scope.Contacts(db))
                    .Where(c => c.AccountId != null && ids.Contains(c.AccountId.Value)).ToListAsync(ct)
                : [];
        var people = contacts.ConvertAll(c => c.Id);
        Guid[] subjects = [.. ids, .. people, .. contacts.Select(c => c.AccountId).OfType<Guid>().Distinct()];
        return InMemory(
            accounts,
            contacts,
            used.Contains("establishments")
                ? await scope.Establishments(db).Where(e => ids.Contains(e.AccountId)).ToListAsync(ct)
                : [],
            used.Contains("roles")
                ? await scope.Roles(db).Where(r => ids.Contains(r.AccountId) || people.Contains(r.ContactId)).ToListAsync(ct)
                : [],
            used.Contains("documents")
                ? await scope.Documents(db)
                    .Where(d => ids.Contains(d.AccountId) || (d.ContactId != null && people.Contains(d.ContactId.Value))).ToListAsync(ct)
                : [],
            used.Contains("opportunities")
                ? await scope.Opportunities(db)
                    .Where(o => ids.Contains(o.AccountId) || (o.ContactId != null && people.Contains(o.ContactId.Value))).ToListAsync(ct)
                : [],
            used.Contains("interactions")
                ? await scope.Interactions(db)
                    .Where(i => ids.Contains(i.AccountId) || (i.ContactId != null && people.Contains(i.ContactId.Value))).ToListAsync(ct)
                : [],
            NamesOwn(rule) ? await db.Set<OwnValue>().AsNoTracking().Where(v => subjects.Contains(v.SubjectId)).ToListAsync(ct) : []);
    }

    private static IQueryable<Contact> WithAll(IQueryable<Contact> contacts) => contacts
        .Include(c => c.Score).Include(c => c.Account!.Metrics).Include(c => c.Account!.PostalFlag).Include(c => c.Account!.Score);

    private static bool NamesOwn(Condition rule) => rule switch
    {
        Condition.All all => all.Of.Any(NamesOwn),
        Condition.Any any => any.Of.Any(NamesOwn),
        Condition.None none => none.Of.Any(NamesOwn),
        Condition.Related related => NamesOwn(related.Such),
        Condition.Compare compare => compare.Field.Contains(CustomField.Prefix, StringComparison.Ordinal),
        _ => false,
    };

    private static IEnumerable<string> Relations(Condition rule) => rule switch
    {
        Condition.All all => all.Of.SelectMany(Relations),
        Condition.Any any => any.Of.SelectMany(Relations),
        Condition.None none => none.Of.SelectMany(Relations),
        Condition.Related related => [related.Relation, .. Relations(related.Such)],
        _ => [],
    };
}
