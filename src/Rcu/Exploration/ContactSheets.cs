using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Security;

namespace Rcu.Exploration;

/// <summary>Reads the sheet of one person: who they are, the parts they play, how they may be reached, what happened.</summary>
public sealed class ContactSheets(RcuDb db, Timeline timeline)
{
    public async Task<Result<ContactSheet>> ReadAsync(AccountScope scope, Guid id, CancellationToken ct)
    {
        var found = await scope.Contacts(db).Where(c => c.Id == id)
            .Select(c => new { Contact = c, c.Score, AccountName = c.Account!.Name, AccountCity = c.Account.Address.City })
            .FirstOrDefaultAsync(ct);
        if (found is null)
        {
            return ExplorationErrors.ContactNotFound;
        }

        var roles = from role in scope.Roles(db)
                    where role.ContactId == id
                    join account in scope.Accounts(db) on role.AccountId equals account.Id
                    orderby role.EndedOn != null, role.StartedOn descending, role.Id
                    select new ContactRole(
                        account.Id, account.Name, role.Function, role.JobTitle, role.IsOutsider, role.StartedOn, role.EndedOn, role.Stance, role.StanceOn,
                        role.Source, role.Reason);
        var relations = from relation in db.Relations.AsNoTracking()
                        where relation.FromContactId == id || relation.ToContactId == id
                        let outgoing = relation.FromContactId == id
                        join other in scope.Contacts(db) on outgoing ? relation.ToContactId : relation.FromContactId equals other.Id
                        orderby relation.Id
                        select new ContactRelation(other.Id, other.Name, other.JobTitle, relation.Kind, outgoing, relation.Source);
        return new ContactSheet
        {
            Contact = found.Contact,
            Score = found.Score,
            AccountName = found.AccountName,
            AccountCity = found.AccountCity,
            Roles = await roles.Take(100).ToListAsync(ct),
            Relations = await relations.Take(50).ToListAsync(ct),
            Consents = await db.Consents.AsNoTracking().Where(c => c.ContactId == id)
                .OrderByDescending(c => c.At).ThenBy(c => c.Id).Take(50).ToListAsync(ct),
            Timeline = await timeline.ReadAsync(scope, new TimelineFilter(null, id), null, ct),
        };
    }
}

/// <summary>All that is known of one person, as their page shows it first.</summary>
public sealed record ContactSheet
{
    public required Contact Contact { get; init; }

    public required ContactScore? Score { get; init; }

    public required string? AccountName { get; init; }

    public required string? AccountCity { get; init; }

    public required IReadOnlyList<ContactRole> Roles { get; init; }

    public required IReadOnlyList<ContactRelation> Relations { get; init; }

    public required IReadOnlyList<Consent> Consents { get; init; }

    public required TimelinePage Timeline { get; init; }
}

/// <summary>A part played at an account.</summary>
public sealed record ContactRole(
    Guid AccountId, string AccountName, RoleFunction Function, string? JobTitle, bool IsOutsider, DateOnly? StartedOn, DateOnly? EndedOn,
    Stance? Stance, DateOnly? StanceOn, string Source, string Reason);

/// <summary>Someone this person knows.</summary>
/// <param name="IsOutgoing">The relation goes from this person: they report to the other, and not the reverse.</param>
public sealed record ContactRelation(Guid Id, string Name, string? JobTitle, string Kind, bool IsOutgoing, string Source);
