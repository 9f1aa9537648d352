using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Exploration.Desk;
using Rcu.Jobs;
using Rcu.Resolution;
using Rcu.Security;

namespace Rcu.Web.Hosting;

/// <summary>The figures every page shows around its own: what waits for a steward, what fails, what is at work.</summary>
internal sealed class ShellCounts(RcuDb db, HubSettings settings, Tasks tasks, AccountScope scope)
{
    public Task<int> MatchesAsync(CancellationToken ct) =>
        db.Matches.CountAsync(m => m.Judgement == Judgement.Undecided && m.ClosedAt == null && m.Band == Rcu.Matching.Band.Review, ct);

    public Task<int> FailingDestinationsAsync(CancellationToken ct) => db.Destinations.CountAsync(d => d.Failures > 0, ct);

    /// <summary>The reader's own tasks that press.</summary>
    public Task<int> TasksAsync(string person, CancellationToken ct) => tasks.PressingAsync(scope, person, ct);

    public Task<int> RunsAsync(CancellationToken ct) =>
        db.Runs.CountAsync(r => r.Status == RunStatus.Queued || r.Status == RunStatus.Running, ct);

    public Task<bool> IsDemoAsync(CancellationToken ct) => settings.HasAsync("demo", ct);
}
