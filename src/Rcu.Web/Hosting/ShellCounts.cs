using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Exploration.Desk;
using Rcu.Security;
using Rcu.Web.Identity;

namespace Rcu.Web.Hosting;

/// <summary>The figures every page shows around its own: what waits for a steward, what fails, what is at work. Asked for once a page.</summary>
internal sealed class ShellCounts(RcuDb db, Tasks tasks, AccountScope scope, IHttpContextAccessor web)
{
    private Task<Counted>? _counted;

    public async Task<int> MatchesAsync(CancellationToken ct) => (await (_counted ??= CountAsync(ct))).Matches;

    public async Task<int> FailingDestinationsAsync(CancellationToken ct) => (await (_counted ??= CountAsync(ct))).Destinations;

    public async Task<int> RunsAsync(CancellationToken ct) => (await (_counted ??= CountAsync(ct))).Runs;

    public async Task<bool> IsDemoAsync(CancellationToken ct) => (await (_counted ??= CountAsync(ct))).IsDemo;

    /// <summary>The reader's own tasks that press.</summary>
    public Task<int> TasksAsync(string person, CancellationToken ct) => tasks.PressingAsync(scope, person, ct);

    // What a reader is not shown is not counted.
    private async Task<Counted> CountAsync(CancellationToken ct)
    {
        var user = web.HttpContext?.User;
        var (steward, marketing) = (user?.IsInAny(HubRoles.Steward, HubRoles.Admin) is true, user?.IsInAny(HubRoles.Marketing, HubRoles.Admin) is true);
        var rows = await db.Database.SqlQuery<Counted>(
            $"""
            select
              case when {steward} then (select count(*) from matches where judgement = 'Undecided' and closed_at is null and band = 'Review') else 0 end::int as "Matches",
              case when {marketing} then (select count(*) from destinations where failures > 0) else 0 end::int as "Destinations",
              (select count(*) from runs where status in ('Queued', 'Running'))::int as "Runs",
              exists (select from hub_settings where name = 'demo') as "IsDemo"
            """).ToListAsync(ct);
        return rows[0];
    }

    private sealed record Counted(int Matches, int Destinations, int Runs, bool IsDemo);
}
