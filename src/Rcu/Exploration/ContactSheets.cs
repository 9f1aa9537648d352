using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Security;
using Rcu.Unification.People;

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

        return new ContactSheet
        {
            Contact = found.Contact,
            Score = found.Score,
            AccountName = found.AccountName,
            AccountCity = found.AccountCity,
            Roles = await RolesAsync(scope, id, ct),
            Relations = await RelationsAsync(scope, id, ct),
            Consents = await db.Consents.AsNoTracking().Where(c => c.ContactId == id)
                .OrderByDescending(c => c.At).ThenBy(c => c.Id).Take(50).ToListAsync(ct),
            Timeline = await timeline.ReadAsync(scope, new TimelineFilter(null, id), null, ct),
        };
    }

    /// <summary>The parts a person plays, those in force first.</summary>
    public async Task<IReadOnlyList<ContactRole>> RolesAsync(AccountScope scope, Guid id, CancellationToken ct)
    {
        var roles = from role in scope.Roles(db)
                    where role.ContactId == id
                    join account in scope.Accounts(db) on role.AccountId equals account.Id
                    orderby role.EndedOn != null, role.StartedOn descending, role.Id
                    select new ContactRole(
                        account.Id, account.Name, role.Function, role.JobTitle, role.IsOutsider, role.StartedOn, role.EndedOn, role.Stance, role.StanceOn,
                        role.Source, role.Reason)
                    {
                        Id = role.Id,
                        ProductId = role.ProductId,
                        OpportunityId = role.OpportunityId,
                        StanceSource = role.StanceSource,
                        Subject = db.Products.Where(p => p.Id == role.ProductId).Select(p => p.Label).FirstOrDefault()
                            ?? db.Opportunities.Where(o => o.AccountId == role.AccountId && o.Id == role.OpportunityId).Select(o => o.Name).FirstOrDefault(),
                        Typed = db.Set<TypedRole>().Where(t => t.FactId == role.Id && t.DroppedAt == null)
                            .Select(t => new TypedWord(t.Version, t.Remark, t.SetBy, t.SetAt)).FirstOrDefault(),
                    };
        return await roles.Take(100).ToListAsync(ct);
    }

    /// <summary>Whom a person knows, and how; what is over comes last.</summary>
    public async Task<IReadOnlyList<ContactRelation>> RelationsAsync(AccountScope scope, Guid id, CancellationToken ct)
    {
        var relations = from relation in db.Relations.AsNoTracking()
                        where relation.FromContactId == id || relation.ToContactId == id
                        let outgoing = relation.FromContactId == id
                        join other in scope.Contacts(db) on outgoing ? relation.ToContactId : relation.FromContactId equals other.Id
                        orderby relation.EndedOn != null, relation.Id
                        select new ContactRelation(other.Id, other.Name, other.JobTitle, relation.Kind, outgoing, relation.Source)
                        {
                            RelationId = relation.Id,
                            StartedOn = relation.StartedOn,
                            EndedOn = relation.EndedOn,
                            AccountName = other.Account!.Name,
                            Typed = db.Set<TypedRelation>().Where(t => t.FactId == relation.Id && t.DroppedAt == null)
                                .Select(t => new TypedWord(t.Version, t.Remark, t.SetBy, t.SetAt)).FirstOrDefault(),
                        };
        return await relations.Take(100).ToListAsync(ct);
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
    Stance? Stance, DateOnly? StanceOn, string Source, string Reason)
{
    public Guid Id { get; init; }

    public Guid? ProductId { get; init; }

    public Guid? OpportunityId { get; init; }

    /// <summary>The product or the sale it is for; null for the account as a whole.</summary>
    public string? Subject { get; init; }

    /// <summary>How the stance is known.</summary>
    public string? StanceSource { get; init; }

    /// <summary>Who said so; null for what was deduced from the sources.</summary>
    public TypedWord? Typed { get; init; }
}

/// <summary>Someone this person knows.</summary>
/// <param name="IsOutgoing">The relation goes from this person: they report to the other, and not the reverse.</param>
public sealed record ContactRelation(Guid Id, string Name, string? JobTitle, string Kind, bool IsOutgoing, string Source)
{
    public Guid RelationId { get; init; }

    public DateOnly? StartedOn { get; init; }

    public DateOnly? EndedOn { get; init; }

    /// <summary>Where the other works.</summary>
    public string? AccountName { get; init; }

    /// <summary>Who said so.</summary>
    public TypedWord? Typed { get; init; }
}

/// <summary>What someone said in the hub, and the version to write over.</summary>
public sealed record TypedWord(int Version, string? Remark, string By, DateTimeOffset At);
