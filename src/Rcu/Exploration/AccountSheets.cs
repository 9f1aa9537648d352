using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Resolution;
using Rcu.Security;

namespace Rcu.Exploration;

/// <summary>Reads the sheet of one account: what a salesperson must know before a call, in eight queries whatever its size, half of them beside the others.</summary>
public sealed class AccountSheets(RcuDb db, SideReads side, TimeProvider time)
{
    /// <summary>The most contacts, and establishments, a sheet reads at once; its tabs page through the rest.</summary>
    public const int Shown = 200;

    public async Task<Result<AccountSheet>> ReadAsync(AccountScope scope, Guid id, CancellationToken ct)
    {
        // One connection for each half, rather than one taken and given back for each question.
        await using var beside = side.Begin(async other =>
        {
            await other.Database.OpenConnectionAsync(ct);
            return (Timeline: await new Timeline(other).ReadAsync(scope, new TimelineFilter(id), null, ct), Duplicates: await DuplicatesAsync(other, scope, id, ct));
        });
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            return await ReadAsync(scope, id, beside, ct);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private async Task<Result<AccountSheet>> ReadAsync(
        AccountScope scope, Guid id, SideRead<(TimelinePage Timeline, IReadOnlyList<PossibleDuplicate> Duplicates)> beside, CancellationToken ct)
    {
        var found = await scope.Accounts(db).Where(a => a.Id == id)
            .Select(a => new
            {
                Account = a,
                a.Metrics,
                a.Score,
                a.Proceeding,
                LastYear = db.FinancialYears.Where(y => y.AccountId == id && y.Turnover != null).OrderByDescending(y => y.Year).FirstOrDefault(),
                Open = db.Establishments.Count(e => e.AccountId == id && e.ClosedOn == null && e.State != "F"),
            })
            .FirstOrDefaultAsync(ct);
        if (found is null)
        {
            return ExplorationErrors.AccountNotFound;
        }

        found.Account.Proceeding = found.Proceeding;
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var contacts = CallAdvice.Sorted(await PeopleAsync(scope, id, ct), found.Metrics, today);
        var establishments = await EstablishmentsAsync(scope, id, null, ct);
        var opportunities = await OpportunitiesAsync(scope, id, ct);
        var (happened, duplicates) = await beside.ValueAsync();
        return new AccountSheet
        {
            Account = found.Account,
            Metrics = found.Metrics,
            Score = found.Score,
            LastYear = found.LastYear,
            Contacts = contacts,
            Establishments = establishments,
            OpenEstablishments = found.Open,
            Opportunities = opportunities,
            Duplicates = duplicates,
            Timeline = happened,
            AllNotables = Notable.Of(found.Account, found.Metrics, contacts, establishments, opportunities, duplicates, happened, today),
            Call = CallAdvice.Of(contacts, found.Metrics, today),
        };
    }

    /// <summary>The head office, then the others, open ones first.</summary>
    public async Task<IReadOnlyList<Establishment>> EstablishmentsAsync(AccountScope scope, Guid id, Guid? after, CancellationToken ct)
    {
        var all = scope.Establishments(db).Where(e => e.AccountId == id);
        var page = after is { } last ? all.Where(e => e.Id > last && !e.IsHeadOffice) : all;
        var rows = await page.OrderByDescending(e => e.IsHeadOffice).ThenBy(e => e.Id).Take(Shown).ToListAsync(ct);
        return [.. rows.OrderByDescending(e => e.IsHeadOffice).ThenBy(e => e.ClosedOn is not null).ThenBy(e => e.Siret, StringComparer.Ordinal)];
    }

    /// <summary>Its places, the head office first: those that are open, or those that are closed.</summary>
    public async Task<IReadOnlyList<Establishment>> PlacesAsync(AccountScope scope, Guid id, bool closed, Guid? after, CancellationToken ct)
    {
        var all = scope.Establishments(db).Where(e => e.AccountId == id && (e.ClosedOn != null || e.State == "F") == closed);
        var page = after is { } last ? all.Where(e => e.Id > last && !e.IsHeadOffice) : all;
        return await page.OrderByDescending(e => e.IsHeadOffice).ThenBy(e => e.Id).Take(Shown).ToListAsync(ct);
    }

    /// <summary>How many places are open, and how many are closed.</summary>
    public async Task<(int Open, int Closed)> PlaceCountsAsync(AccountScope scope, Guid id, CancellationToken ct)
    {
        var counts = await scope.Establishments(db).Where(e => e.AccountId == id).GroupBy(e => e.ClosedOn != null || e.State == "F")
            .Select(of => new { Closed = of.Key, Count = of.Count() }).ToListAsync(ct);
        return (counts.Where(c => !c.Closed).Sum(c => c.Count), counts.Where(c => c.Closed).Sum(c => c.Count));
    }

    public Task<bool> ExistsAsync(AccountScope scope, Guid id, CancellationToken ct) => scope.Accounts(db).AnyAsync(a => a.Id == id, ct);

    /// <summary>Who works there or plays a part there, those who matter most first.</summary>
    public async Task<IReadOnlyList<AccountContact>> ContactsAsync(AccountScope scope, Guid id, CancellationToken ct)
    {
        var metrics = await db.AccountMetrics.AsNoTracking().FirstOrDefaultAsync(m => m.AccountId == id, ct);
        return CallAdvice.Sorted(await PeopleAsync(scope, id, ct), metrics, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
    }

    private async Task<IReadOnlyList<AccountContact>> PeopleAsync(AccountScope scope, Guid id, CancellationToken ct)
    {
        var roles = scope.Roles(db).Where(r => r.AccountId == id);
        var people = scope.Contacts(db).Where(c => c.AccountId == id).Select(c => c.Id).Union(roles.Select(r => r.ContactId));
        return await scope.Contacts(db).Where(c => people.Contains(c.Id))
            .OrderByDescending(c => (int?)c.Score!.Total ?? 0).ThenBy(c => c.Id).Take(Shown)
            .Select(c => new AccountContact(
                c.Id, c.Name, c.Civility, c.JobTitle, c.Department, c.Level, c.Email, c.Phone, c.Mobile, c.EmailReach, c.EmailReachReason,
                c.PhoneReach, c.PhoneReachReason, c.InPostSince,
                scope.Interactions(db).Where(i => i.ContactId == c.Id && i.AccountId == id).Max(i => (DateTimeOffset?)i.At))
            {
                Roles = roles.Where(r => r.ContactId == c.Id).OrderBy(r => r.Id)
                    .Select(r => new AccountRole(
                        r.ContactId, r.Function, r.JobTitle, r.IsOutsider, r.StartedOn, r.EndedOn, r.Stance, r.StanceOn, r.Source, r.Reason)
                    {
                        StanceSource = r.StanceSource,
                        Subject = db.Products.Where(p => p.Id == r.ProductId).Select(p => p.Label).FirstOrDefault()
                            ?? db.Opportunities.Where(o => o.AccountId == r.AccountId && o.Id == r.OpportunityId).Select(o => o.Name).FirstOrDefault(),
                    })
                    .ToList(),
            })
            .ToListAsync(ct);
    }

    /// <summary>Open ones first.</summary>
    public async Task<IReadOnlyList<AccountOpportunity>> OpportunitiesAsync(AccountScope scope, Guid id, CancellationToken ct) =>
        await scope.Opportunities(db).Where(o => o.AccountId == id)
            .OrderBy(o => o.Stage == OpportunityStage.Won || o.Stage == OpportunityStage.Lost).ThenByDescending(o => o.CloseOn).ThenBy(o => o.Id)
            .Take(100)
            .Select(o => new AccountOpportunity(o.Id, o.Name, o.Stage, o.StageLabel, o.Amount, o.Currency, o.CloseOn, o.ContactId, o.Source))
            .ToListAsync(ct);

    private static async Task<IReadOnlyList<PossibleDuplicate>> DuplicatesAsync(RcuDb db, AccountScope scope, Guid id, CancellationToken ct)
    {
        var mine = db.Links.Where(l => l.Kind == ClusterKind.Account && l.ClusterId == id).Select(l => l.RecordId);
        var waiting = db.Matches.Where(m =>
            m.Kind == ClusterKind.Account && m.Judgement == Judgement.Undecided && m.ClosedAt == null && m.Band == Matching.Band.Review);
        var around = waiting.Where(m => mine.Contains(m.LeftRecordId)).Select(m => new { m.Id, m.Weight, m.Probability, Other = m.RightRecordId })
            .Concat(waiting.Where(m => mine.Contains(m.RightRecordId)).Select(m => new { m.Id, m.Weight, m.Probability, Other = m.LeftRecordId }));
        var pairs = from match in around
                    join other in db.Links on match.Other equals other.RecordId
                    where other.Kind == ClusterKind.Account && other.ClusterId != id
                    join account in scope.Accounts(db) on other.ClusterId equals account.Id
                    orderby match.Weight descending, match.Id
                    select new PossibleDuplicate(match.Id, account.Id, account.Name, account.Address.City, match.Probability);
        var found = await pairs.Take(50).ToListAsync(ct);
        return [.. found.DistinctBy(d => d.AccountId).Take(5)];
    }
}
