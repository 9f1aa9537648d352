using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Jobs;
using Rcu.Resolution;
using Rcu.Security;

namespace Rcu.Exploration;

/// <summary>What each role looks at first. Each figure is counted by the very filter of the list it leads to;
/// that of a stage counts opportunities, and leads to the accounts that have them.</summary>
public sealed class HomeBoards(RcuDb db, AccountScope scope, TimeProvider clock)
{
    private const int Rows = 6;

    /// <summary>For sales: what is sold, what is owed, whom to call.</summary>
    public async Task<SalesBoard> SalesAsync(CancellationToken ct)
    {
        var accounts = scope.Accounts(db);
        var sums = await accounts.Join(db.AccountMetrics, a => a.Id, m => m.AccountId, (_, m) => m).GroupBy(_ => 1).Select(all => new
        {
            Revenue = all.Sum(m => m.Revenue12m),
            Previous = all.Sum(m => m.RevenuePrevious12m),
            Overdue = all.Sum(m => m.OverdueAmount),
            At = all.Max(m => (DateTimeOffset?)m.ComputedAt),
        }).SingleOrDefaultAsync(ct);
        var stages = await scope.Opportunities(db)
            .Where(o => o.Stage != OpportunityStage.Won && o.Stage != OpportunityStage.Lost)
            .GroupBy(o => o.Stage)
            .Select(stage => new { stage.Key, Count = stage.Count(), Amount = stage.Sum(o => o.Amount) ?? 0 })
            .ToListAsync(ct);
        return new SalesBoard(
            await CountAsync(null, ct),
            await scope.Contacts(db).CountAsync(ct),
            sums?.Revenue ?? 0,
            sums?.Previous ?? 0,
            sums?.Overdue ?? 0,
            await CountAsync(AccountWatch.Overdue, ct),
            await CountAsync(AccountWatch.Quiet, ct),
            await CountAsync(AccountWatch.Falling, ct),
            [.. stages.OrderBy(s => s.Key).Select(s => new StageTotal(s.Key, s.Count, s.Amount))],
            await RowsAsync(Watched(AccountWatch.Overdue).OrderByDescending(a => a.Metrics!.OverdueAmount), a => a.OverdueAmount, ct),
            await RowsAsync(Watched(AccountWatch.Quiet).OrderByDescending(a => a.Metrics!.Revenue12m), a => a.Revenue12m, ct),
            sums?.At);
    }

    /// <summary>For the data steward: what waits for a judgement, what came in wrong.</summary>
    public async Task<StewardBoard> StewardAsync(CancellationToken ct)
    {
        var waiting = await db.Matches.Where(m => m.Judgement == Judgement.Undecided && m.ClosedAt == null && m.Band == Matching.Band.Review)
            .GroupBy(m => m.Kind).Select(kind => new { kind.Key, Count = kind.Count() }).ToListAsync(ct);
        var issues = await new IssueList(db).TotalsAsync(Rows + 2, ct);
        var rejects = await db.Rejects.GroupBy(r => r.RunId)
            .Select(run => new { Id = run.Key, Count = run.Count() })
            .Join(db.Runs, r => r.Id, run => run.Id, (r, run) => new { r.Id, run.Label, r.Count, At = run.QueuedAt })
            .OrderByDescending(r => r.At).Take(Rows).ToListAsync(ct);
        var advice = new MatchAdvice(db, clock);
        return new StewardBoard(
            waiting.Find(w => w.Key == ClusterKind.Account)?.Count ?? 0,
            waiting.Find(w => w.Key == ClusterKind.Contact)?.Count ?? 0,
            await CountAsync(AccountWatch.Issues, ct),
            await scope.Accounts(db).AverageAsync(a => (double?)a.Score!.Total, ct),
            issues,
            [.. rejects.Select(r => new RejectTotal(r.Id, r.Label, r.Count, r.At))],
            [.. await advice.DriftsAsync(ClusterKind.Account, ct), .. await advice.DriftsAsync(ClusterKind.Contact, ct)]);
    }

    /// <summary>For the administrator: what runs, what failed of late.</summary>
    public async Task<AdminBoard> AdminAsync(CancellationToken ct)
    {
        var since = clock.GetUtcNow().AddDays(-7);
        var runs = await db.Runs.Where(r => r.QueuedAt >= since).GroupBy(r => r.Status)
            .Select(status => new { status.Key, Count = status.Count() }).ToListAsync(ct);
        int Of(params RunStatus[] wanted) => runs.Where(r => wanted.Contains(r.Key)).Sum(r => r.Count);
        return new AdminBoard(
            Of(RunStatus.Queued, RunStatus.Running),
            Of(RunStatus.Failed),
            await db.Runs.AsNoTracking().OrderByDescending(r => r.Id).Take(Rows).ToListAsync(ct));
    }

    private IQueryable<Account> Watched(AccountWatch? watch) =>
        new AccountFilter { Watch = watch }.Apply(scope.Accounts(db), db, clock.GetUtcNow());

    private Task<int> CountAsync(AccountWatch? watch, CancellationToken ct) => Watched(watch).CountAsync(ct);

    private static async Task<IReadOnlyList<WatchedAccount>> RowsAsync(
        IQueryable<Account> accounts, Func<AccountMetrics, decimal> amount, CancellationToken ct) =>
        [
            .. (await accounts.Take(Rows).Select(a => new { a.Id, a.Name, a.Address.City, a.Metrics }).ToListAsync(ct))
                .Select(a => new WatchedAccount(a.Id, a.Name, a.City, a.Metrics is { } figures ? amount(figures) : 0, a.Metrics?.LastInteractionAt)),
        ];
}

/// <summary>The home of a sales person.</summary>
/// <param name="At">When the figures were computed.</param>
public sealed record SalesBoard(
    int Accounts,
    int Contacts,
    decimal Revenue,
    decimal PreviousRevenue,
    decimal OverdueAmount,
    int Overdue,
    int Quiet,
    int Falling,
    IReadOnlyList<StageTotal> Stages,
    IReadOnlyList<WatchedAccount> ToChase,
    IReadOnlyList<WatchedAccount> ToCall,
    DateTimeOffset? At);

/// <summary>The open opportunities at one stage.</summary>
public sealed record StageTotal(OpportunityStage Stage, int Count, decimal Amount);

/// <summary>An account that asks for something, and the amount that ranks it.</summary>
public sealed record WatchedAccount(Guid Id, string Name, string? City, decimal Amount, DateTimeOffset? LastInteraction);

/// <summary>The home of a data steward.</summary>
/// <param name="Quality">Of the accounts, 0 to 100, on average.</param>
public sealed record StewardBoard(
    int AccountPairs,
    int ContactPairs,
    int AccountsWithIssues,
    double? Quality,
    IReadOnlyList<IssueTotal> Issues,
    IReadOnlyList<RejectTotal> Rejects,
    IReadOnlyList<MatchDrift> Drifts);

/// <summary>The rows one import set aside.</summary>
public sealed record RejectTotal(Guid RunId, string Label, int Count, DateTimeOffset At);

/// <summary>The home of an administrator; runs of the last seven days.</summary>
public sealed record AdminBoard(int AtWork, int Failed, IReadOnlyList<Run> Latest);
