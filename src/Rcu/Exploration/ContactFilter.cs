using Rcu.Customers;
using Rcu.Data;
using Rcu.Identifiers;

namespace Rcu.Exploration;

/// <summary>Which contacts a list shows. What is null does not filter.</summary>
public sealed record ContactFilter
{
    /// <summary>Words of a name or of a company, or an e-mail.</summary>
    public string? Text { get; init; }

    public Guid? AccountId { get; init; }

    public RoleFunction? Function { get; init; }

    /// <summary>As in the job title rules: <c>FINANCE</c>.</summary>
    public string? Department { get; init; }

    public string? Level { get; init; }

    public Reach? EmailReach { get; init; }

    public string? Source { get; init; }

    /// <summary>What costs its quality points: <c>completeness.phone</c>. With a source, what costs that source's.</summary>
    public string? Problem { get; init; }

    /// <summary>A word people put on them.</summary>
    public string? Tag { get; init; }

    /// <summary>The names of one person: those they are in charge of, or typed something of.</summary>
    public IReadOnlyList<string> Contributors { get; init; } = [];

    internal IQueryable<Contact> Apply(IQueryable<Contact> contacts, RcuDb db)
    {
        contacts = EmailAddress.TryParse(Text, null, out var email)
            ? contacts.Where(c => new[] { email.Value }.All(one => c.Emails.Contains(one)))
            : NameQuery.Of(Text).Narrow(contacts);
        contacts = AccountId is { } account
            ? contacts.Where(c => db.Contacts.Where(own => own.AccountId == account).Select(own => own.Id)
                .Union(db.Roles.Where(r => r.AccountId == account).Select(r => r.ContactId)).Contains(c.Id))
            : contacts;
        contacts = Function is { } function ? contacts.Where(c => db.Roles.Any(r => r.ContactId == c.Id && r.Function == function)) : contacts;
        contacts = Department is { Length: > 0 } department ? contacts.Where(c => c.Department == department) : contacts;
        contacts = Level is { Length: > 0 } level ? contacts.Where(c => c.Level == level) : contacts;
        contacts = EmailReach is { } reach ? contacts.Where(c => c.EmailReach == reach) : contacts;
        contacts = Problem is not { Length: > 0 } problem ? contacts
            : Source is { Length: > 0 } said
                ? contacts.Where(c => db.SourceScores.Any(s => s.Kind == RecordKind.Contact && s.SubjectId == c.Id && s.Source == said && s.Problems.Contains(problem)))
                : contacts.Where(c => c.Score!.Problems.Contains(problem));
        contacts = Desk.DeskFilter.Apply(contacts, db, Tag);
        contacts = Contributors.Count == 0 ? contacts
            : contacts.Where(c => db.Contributions.Any(mine => mine.Kind == RecordKind.Contact && mine.SubjectId == c.Id && Contributors.Contains(mine.Contributor)));
        return Source is { Length: > 0 } source ? contacts.Where(c => c.Sources.Contains(source)) : contacts;
    }
}
