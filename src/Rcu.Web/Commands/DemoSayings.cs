using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Jobs;
using Rcu.Security;
using Rcu.Unification;
using Rcu.Unification.People;

namespace Rcu.Web.Commands;

/// <summary>
/// What people would have said in the hub of the demonstration's invented companies, by the same acts as the pages and under its
/// own name: a group around the best customer, who reports to whom there, and an outsider who prescribes.
/// </summary>
internal static class DemoSayings
{
    private const string Invented = "Inventé pour la démonstration";

    public static async Task SayAsync(IServiceProvider hub, string by, CancellationToken ct)
    {
        var db = hub.GetRequiredService<RcuDb>();
        var accounts = await db.Accounts.AsNoTracking().Where(a => a.Metrics != null && a.Siren != null)
            .OrderByDescending(a => a.Metrics!.Revenue12m).ThenBy(a => a.Id).Take(7).Select(a => a.Id).ToListAsync(ct);
        if (accounts.Count < 7)
        {
            return;
        }

        var ties = hub.GetRequiredService<AccountTies>();
        foreach (var tie in new[]
        {
            new DeclareTie(accounts[0], accounts[1], Percentage: 100, StartedOn: new DateOnly(2019, 4, 1), Reason: Invented),
            new DeclareTie(accounts[0], accounts[2], Percentage: 60, StartedOn: new DateOnly(2021, 9, 15), Reason: Invented),
            new DeclareTie(accounts[2], accounts[3], Percentage: 51, Reason: Invented),
            new DeclareTie(accounts[0], accounts[4], Percentage: 34, StartedOn: new DateOnly(2015, 1, 1), EndedOn: new DateOnly(2022, 6, 30), Reason: Invented),
        })
        {
            await ties.DeclareAsync(AccountScope.Hub, tie, by, ct);
        }

        await SayOfPeopleAsync(hub, db, accounts, by, ct);
        // Whoever says something asks for the stages that follow: they come next here.
        await db.Runs.Where(r => r.Stage == PipelineRuns.Stage && r.Status == RunStatus.Queued).ExecuteDeleteAsync(ct);
    }

    private static async Task SayOfPeopleAsync(IServiceProvider hub, RcuDb db, List<Guid> accounts, string by, CancellationToken ct)
    {
        foreach (var account in accounts)
        {
            var people = await db.Contacts.AsNoTracking().Where(c => c.AccountId == account)
                .OrderBy(c => c.Level == "C_LEVEL" ? 0 : c.Level == "MANAGER" ? 1 : 2).ThenBy(c => c.Id).Select(c => c.Id).Take(4).ToListAsync(ct);
            foreach (var person in people.Skip(1))
            {
                await hub.GetRequiredService<Relations>().SayAsync(AccountScope.Hub, new SayRelation(person, people[0], RelationKinds.ReportsTo, Remark: Invented), by, ct);
            }
        }

        if (await db.Contacts.AsNoTracking().Where(c => c.AccountId == accounts[5] && c.Department == "FINANCE").OrderBy(c => c.Id).Select(c => (Guid?)c.Id).FirstOrDefaultAsync(ct)
            is { } outsider)
        {
            await hub.GetRequiredService<Roles>().SayAsync(
                AccountScope.Hub, new SayRole(outsider, accounts[0], RoleFunction.Prescriber, "Commissaire aux comptes", StartedOn: new DateOnly(2023, 1, 1), Remark: Invented), by, ct);
            await hub.GetRequiredService<Stances>().SayAsync(
                AccountScope.Hub, new SayStance(outsider, accounts[0], Stance.Favourable, ToldBy: Invented), by, ct);
        }
    }
}
