using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Insight.Computed;
using Rcu.Security;

namespace Rcu.Insight.Worth;

/// <summary>Reads what accounts are worth: one with its reasons and its path, and all of them by class.</summary>
public sealed class Worths(RcuDb db, ComputedAttributes computed)
{
    private const int Moves = 12;

    public async Task<Result<WorthSheet>> ReadAsync(AccountScope scope, Guid id, CancellationToken ct)
    {
        var read = await scope.Accounts(db).Where(a => a.Id == id).Select(a => new { a.Worth, a.Metrics }).SingleOrDefaultAsync(ct);
        if (read is not { Worth: { } worth })
        {
            return WorthErrors.NotComputed;
        }

        var moves = await db.Set<LeadMove>().AsNoTracking().Where(m => m.AccountId == id).OrderByDescending(m => m.At).Take(Moves).ToListAsync(ct);
        return new WorthSheet(worth, read.Metrics, moves, await computed.OfAsync(SubjectKind.Account, id, ct));
    }

    /// <summary>Whether the accounts have had no figures at all yet, as on a hub that was just brought up to date.</summary>
    public async Task<bool> AreAwaitedAsync(CancellationToken ct) =>
        !await db.Set<AccountWorth>().AnyAsync(ct) && await db.Accounts.AnyAsync(ct);

    /// <summary>How many customers are in each class, what they bought in 24 months and what they are expected to buy.</summary>
    public async Task<WorthBoard> BoardAsync(CancellationToken ct)
    {
        var classes = await db.Set<AccountWorth>().Where(w => w.Rfm != null).GroupBy(w => w.Rfm!.Value)
            .Select(g => new RfmTotal(g.Key, g.Count(), g.Sum(w => w.Monetary), g.Sum(w => w.ValueNext ?? 0))).ToListAsync(ct);
        var grid = await db.Set<AccountWorth>().Where(w => w.R != null).GroupBy(w => new { w.R, w.F })
            .Select(g => new RfmCell(g.Key.R!.Value, g.Key.F!.Value, g.Count())).ToListAsync(ct);
        var trial = await db.Set<ValueTrial>().AsNoTracking().OrderByDescending(t => t.Day).FirstOrDefaultAsync(ct);
        return new WorthBoard([.. classes.OrderBy(c => c.Class)], grid, trial);
    }
}

/// <summary>What one account is worth.</summary>
/// <param name="Moves">Its changes of state, the last first.</param>
public sealed record WorthSheet(AccountWorth Worth, AccountMetrics? Metrics, IReadOnlyList<LeadMove> Moves, IReadOnlyList<ComputedFigure> Figures);

/// <summary>The customers by class.</summary>
/// <param name="Trial">How wrong the expectation was; null without a year of history.</param>
public sealed record WorthBoard(IReadOnlyList<RfmTotal> Classes, IReadOnlyList<RfmCell> Grid, ValueTrial? Trial);

public sealed record RfmTotal(RfmClass Class, int Accounts, decimal Bought, decimal Expected);

/// <summary>How many customers have one note of recency and one of frequency.</summary>
public sealed record RfmCell(int R, int F, int Accounts);
