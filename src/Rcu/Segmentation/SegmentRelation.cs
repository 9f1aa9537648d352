using System.Linq.Expressions;
using Rcu.Customers;

namespace Rcu.Segmentation;

/// <summary>What an account or a contact has several of: « au moins un contact tel que… ». A new one is one line.</summary>
/// <param name="Rows">From the sources and one account or contact, its rows.</param>
public sealed record SegmentRelation(string Name, LambdaExpression Rows)
{
    public static readonly IReadOnlyList<SegmentRelation> All =
    [
        Of<Account, Contact>("contacts", (s, a) => s.Contacts.Where(c => c.AccountId == a.Id)),
        Of<Account, Role>("roles", (s, a) => s.Roles.Where(r => r.AccountId == a.Id)),
        Of<Account, Establishment>("establishments", (s, a) => s.Establishments.Where(e => e.AccountId == a.Id)),
        Of<Account, Document>("documents", (s, a) => s.Documents.Where(d => d.AccountId == a.Id)),
        Of<Account, Opportunity>("opportunities", (s, a) => s.Opportunities.Where(o => o.AccountId == a.Id)),
        Of<Account, Interaction>("interactions", (s, a) => s.Interactions.Where(i => i.AccountId == a.Id)),
        Of<Account, BoughtProduct>("products", (s, a) => s.Products.Where(p => p.AccountId == a.Id)),
        Of<Account, Account>("group", (s, a) => s.Accounts.Where(other => s.Group.Any(g => g.AccountId == a.Id && g.MemberId == other.Id))),
        Of<Contact, Role>("roles", (s, c) => s.Roles.Where(r => r.ContactId == c.Id)),
        Of<Contact, Document>("documents", (s, c) => s.Documents.Where(d => d.ContactId == c.Id)),
        Of<Contact, Opportunity>("opportunities", (s, c) => s.Opportunities.Where(o => o.ContactId == c.Id)),
        Of<Contact, Interaction>("interactions", (s, c) => s.Interactions.Where(i => i.ContactId == c.Id)),
        Of<Contact, BoughtProduct>("products", (s, c) => s.Products.Where(p => p.ContactId == c.Id)),
        Of<Contact, Consent>("consents", (s, c) => s.Consents.Where(k => k.ContactId == c.Id)),
    ];

    public Type Subject => Rows.Parameters[1].Type;

    /// <summary>What each of its rows is.</summary>
    public Type Row => Rows.ReturnType.GetGenericArguments()[0];

    public string LabelKey => $"segment.relation.{Name}";

    public static IEnumerable<SegmentRelation> On(Type subject) => All.Where(relation => relation.Subject == subject);

    private static SegmentRelation Of<TSubject, TRow>(string name, Expression<Func<SegmentSources, TSubject, IQueryable<TRow>>> rows) =>
        new(name, rows);
}
