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
        IEnumerable<OwnValue>? ownValues = null,
        SegmentExtras? extras = null) => new(
            accounts.AsQueryable(),
            contacts.AsQueryable(),
            establishments.AsQueryable(),
            roles.AsQueryable(),
            documents.AsQueryable(),
            opportunities.AsQueryable(),
            interactions.AsQueryable(),
            (ownValues ?? []).AsQueryable(),
            (extras?.Consents ?? []).AsQueryable(),
            (extras?.Products ?? []).AsQueryable(),
            (extras?.Group ?? []).AsQueryable(),
            (extras?.Members ?? []).AsQueryable(),
            (extras?.Presences ?? []).AsQueryable(),
            (extras?.Places ?? []).AsQueryable());

    public static async Task<SegmentSources> LoadAsync(
        AccountScope scope, RcuDb db, SegmentTarget target, IReadOnlyList<Guid> ids, Condition rule, CancellationToken ct)
    {
        var used = rule.Nodes().Select(RelationOf).OfType<string>().ToHashSet();
        var fields = rule.Nodes().Select(FieldOf).OfType<string>().ToList();
        var ofAccounts = target is SegmentTarget.Accounts;
        var asked = ids;
        var group = used.Contains("group") ? await db.Set<GroupMember>().AsNoTracking().Where(g => asked.Contains(g.AccountId)).ToListAsync(ct) : [];
        group = [.. group, .. Others(group)];
        ids = [.. ids.Concat(group.Select(g => g.MemberId)).Distinct()];
        var accounts = ofAccounts ? await scope.Accounts(db).Include(a => a.Metrics).Include(a => a.PostalFlag).Include(a => a.Proceeding).Include(a => a.Score).Include(a => a.Worth).Where(a => ids.Contains(a.Id)).ToListAsync(ct) : [];
        var contacts = !ofAccounts
            ? await WithAll(scope.Contacts(db)).Where(c => ids.Contains(c.Id)).ToListAsync(ct)
            : used.Contains("contacts")
                ? await WithAll(scope.Contacts(db))
                    .Where(c => c.AccountId != null && ids.Contains(c.AccountId.Value)).ToListAsync(ct)
                : [];
        var people = contacts.ConvertAll(c => c.Id);
        var establishments = used.Contains("establishments")
            ? await scope.Establishments(db).Where(e => ids.Contains(e.AccountId)).ToListAsync(ct)
            : [];
        var addresses = accounts.Select(a => a.Address).Concat(contacts.Select(c => c.Account?.Address).OfType<Address>()).Concat(establishments.Select(e => e.Address));
        Guid[] subjects = [.. ids, .. people, .. contacts.Select(c => c.AccountId).OfType<Guid>().Distinct(), .. establishments.Select(e => e.Id)];
        return InMemory(
            accounts,
            contacts,
            establishments,
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
            fields.Exists(field => field.Contains(CustomField.Prefix, StringComparison.Ordinal))
                ? await db.Set<OwnValue>().AsNoTracking().Where(v => subjects.Contains(v.SubjectId)).ToListAsync(ct)
                : [],
            new SegmentExtras(
                used.Contains("consents") ? await db.Consents.AsNoTracking().Where(c => people.Contains(c.ContactId)).ToListAsync(ct) : [],
                used.Contains("products")
                    ? await db.Set<BoughtProduct>().AsNoTracking()
                        .Where(p => ids.Contains(p.AccountId) || (p.ContactId != null && people.Contains(p.ContactId.Value))).ToListAsync(ct)
                    : [],
                group,
                fields.Exists(field => field.EndsWith("segment", StringComparison.Ordinal))
                    ? await db.SegmentMembers.AsNoTracking().Where(m => m.ExitedAt == null && subjects.Contains(m.MemberId)).ToListAsync(ct)
                    : [],
                fields.Exists(field => field.EndsWith("sent_to", StringComparison.Ordinal) || field.EndsWith("refused_by", StringComparison.Ordinal))
                    ? await db.Set<SegmentPresence>().AsNoTracking().Where(p => subjects.Contains(p.ProfileId)).ToListAsync(ct)
                    : [],
                await PlacesAsync(db, rule, addresses, ct)));
    }

    // Those that distances are measured from, and those of the addresses they are measured to.
    private static async Task<IReadOnlyList<Place>> PlacesAsync(RcuDb db, Condition rule, IEnumerable<Address> addresses, CancellationToken ct)
    {
        var centres = SegmentRules.Centres(rule).Select(found => found.Code).ToList();
        if (centres.Count == 0)
        {
            return [];
        }

        var lived = addresses.ToList();
        var codes = centres.Concat(lived.Select(a => a.PostalCode).OfType<string>()).Distinct().ToList();
        var communes = lived.Select(a => a.CommuneCode).OfType<string>().Distinct().ToList();
        return await db.Set<Place>().AsNoTracking().Where(p => p.IsCommune ? communes.Contains(p.Code) : codes.Contains(p.Code)).ToListAsync(ct);
    }

    // A group asked of one of its accounts may be asked of the others as well.
    private static IEnumerable<GroupMember> Others(List<GroupMember> ties) =>
        from tie in ties.GroupBy(g => g.AccountId)
        let members = tie.Select(g => g.MemberId).Append(tie.Key).ToList()
        from account in members.Where(member => !ties.Exists(g => g.AccountId == member))
        from member in members
        where member != account
        select new GroupMember { AccountId = account, MemberId = member };

    private static IQueryable<Contact> WithAll(IQueryable<Contact> contacts) => contacts
        .Include(c => c.Score).Include(c => c.Lead).Include(c => c.Account!.Worth).Include(c => c.Account!.Metrics).Include(c => c.Account!.PostalFlag).Include(c => c.Account!.Proceeding).Include(c => c.Account!.Score);

    private static string? FieldOf(Condition condition) => condition switch
    {
        Condition.Compare compare => compare.Field,
        Condition.Computed computed => computed.Field,
        _ => null,
    };

    private static string? RelationOf(Condition condition) => condition switch
    {
        Condition.Related related => related.Relation,
        Condition.Computed computed => computed.Relation,
        _ => null,
    };
}

/// <summary>What few rules look at, loaded for those that do.</summary>
public sealed record SegmentExtras(
    IReadOnlyList<Consent> Consents,
    IReadOnlyList<BoughtProduct> Products,
    IReadOnlyList<GroupMember> Group,
    IReadOnlyList<SegmentMember> Members,
    IReadOnlyList<SegmentPresence> Presences,
    IReadOnlyList<Place> Places);
