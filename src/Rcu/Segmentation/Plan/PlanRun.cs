using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rcu.Data;
using Rcu.Exploration.Desk;
using Rcu.Security;

namespace Rcu.Segmentation.Plan;

/// <summary>Runs the plan once segments are computed: each rule acts on the accounts its condition has become true of.</summary>
public sealed class PlanRun(RcuDb db, NpgsqlDataSource database, ListedSegments listed, TimeProvider clock)
{
    /// <summary>So many acts on one account within a day, and no rule acts on it any more.</summary>
    public const int MostADay = 5;

    private const string By = "plan";

    private const string TooLong = "Cette règle est trop longue à lire : restreignez-la à un segment. Elle sera essayée de nouveau au prochain passage.";

    /// <summary>How long one rule may take to be read: a longer one must not stop the others.</summary>
    internal TimeSpan Patience { get; set; } = PlanCandidates.Patience;

    /// <returns>How many acts were done, or would have been.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var fired = 0;
        foreach (var rule in await PlanRules.InForce(db).Where(r => r.State == PlanState.On || r.State == PlanState.Dry).OrderBy(r => r.Number).ToListAsync(ct))
        {
            fired += await RunAsync(rule, ct);
        }

        return fired;
    }

    private async Task<int> RunAsync(PlanRule rule, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var look = await db.Set<PlanLook>().SingleOrDefaultAsync(l => l.Number == rule.Number, ct);
        var since = look is { Waiting: 0 } && look.LookedAt > rule.SetAt ? look.LookedAt : rule.SetAt;
        IReadOnlyList<(Guid Account, DateTimeOffset Since)> found;
        try
        {
            found = await new PlanCandidates(database, Patience).ReadAsync(rule.Trigger, since, now, ct);
        }
        catch (Exception slow) when (slow.IsTooLong())
        {
            // It has not looked: the next time goes on from where it was.
            look ??= db.Add(new PlanLook { Number = rule.Number, LookedAt = rule.SetAt }).Entity;
            look.Failure = TooLong;
            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
            return 0;
        }

        var rested = await RestedAsync(rule, [.. found.Select(f => f.Account)], now, ct);
        var due = found.Where(f => rested.Contains(f.Account)).OrderBy(f => f.Since).ThenBy(f => f.Account).ToList();
        var taken = due.Take(rule.MostPerRun).ToList();
        var busy = await BusyAsync([.. taken.Select(t => t.Account)], now, ct);
        List<PlanFire> fires = [];
        foreach (var (account, reached) in taken)
        {
            var outcome = busy.GetValueOrDefault(account) >= MostADay ? PlanOutcome.Looped : rule.State is PlanState.Dry ? PlanOutcome.Dry : PlanOutcome.Done;
            fires.Add(new PlanFire
            {
                Number = rule.Number,
                Version = rule.Version,
                AccountId = account,
                Outcome = outcome,
                What = rule.Act.Text ?? $"{rule.Act.State}",
                ReachedAt = reached,
                At = now,
            });
        }

        var failure = await ActAsync(rule, [.. fires.Where(f => f.Outcome is PlanOutcome.Done).Select(f => f.AccountId)], now, ct);
        if (failure is null)
        {
            db.AddRange(fires);
        }

        if (look is null)
        {
            db.Add(look = new PlanLook { Number = rule.Number });
        }

        (look.LookedAt, look.Waiting, look.Failure) = (now, failure is null ? due.Count - taken.Count : due.Count, failure);
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
        return failure is null ? fires.Count(f => f.Outcome is not PlanOutcome.Looped) : 0;
    }

    // What was only said does not hold back what is done, and the other way round.
    private async Task<HashSet<Guid>> RestedAsync(PlanRule rule, Guid[] accounts, DateTimeOffset now, CancellationToken ct)
    {
        var from = now.AddDays(-rule.RestDays);
        var dry = rule.State is PlanState.Dry;
        var acted = await db.Set<PlanFire>()
            .Where(f => f.Number == rule.Number && accounts.Contains(f.AccountId) && f.At > from && (f.Outcome == PlanOutcome.Dry) == dry)
            .Select(f => f.AccountId).Distinct().ToListAsync(ct);
        return [.. accounts.Except(acted)];
    }

    private async Task<Dictionary<Guid, int>> BusyAsync(Guid[] accounts, DateTimeOffset now, CancellationToken ct)
    {
        var from = now.AddDays(-1);
        return await db.Set<PlanFire>().Where(f => accounts.Contains(f.AccountId) && f.At > from && f.Outcome == PlanOutcome.Done)
            .GroupBy(f => f.AccountId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
    }

    private async Task<string?> ActAsync(PlanRule rule, Guid[] accounts, DateTimeOffset now, CancellationToken ct)
    {
        if (accounts.Length == 0)
        {
            return null;
        }

        switch (rule.Act.Kind)
        {
            case PlanActKind.Task:
                db.AddRange(accounts.Select(account => new AccountTask
                {
                    AccountId = account,
                    Title = rule.Act.Text!,
                    Assignee = rule.Act.Who!.Trim().ToLowerInvariant(),
                    DueOn = DateOnly.FromDateTime(now.UtcDateTime).AddDays(rule.Act.Days),
                    CreatedBy = By,
                    CreatedAt = now,
                    UpdatedAt = now,
                }));
                break;
            case PlanActKind.Tag:
                var tag = rule.Act.Text!.Trim();
                var tagged = await db.Set<AccountTag>().Where(t => t.Tag == tag && accounts.Contains(t.AccountId)).Select(t => t.AccountId).ToListAsync(ct);
                db.AddRange(accounts.Except(tagged).Select(account => new AccountTag { AccountId = account, Tag = tag, TaggedBy = By, TaggedAt = now }));
                break;
            case PlanActKind.State:
                await HoldAsync(rule, accounts, now, ct);
                break;
            case PlanActKind.List:
                var added = await listed.AddAsync(AccountScope.Hub, rule.Act.Segment!.Value, accounts, null, By, ct);
                return added.Error?.Message;
        }

        return null;
    }

    private Task<int> HoldAsync(PlanRule rule, Guid[] accounts, DateTimeOffset now, CancellationToken ct)
    {
        var (state, until) = ($"{rule.Act.State}", now.AddDays(rule.Act.Days));
        return db.Database.ExecuteSqlAsync(
            $"""
            with held as (
              insert into lead_holds (account_id, state, rule, until) select account_id, {state}, {rule.Number}, {until}
              from account_worths where account_id = any ({accounts}) and state <> 'Customer'
              on conflict (account_id) do update set state = excluded.state, rule = excluded.rule, until = excluded.until
              returning account_id),
            noted as (insert into insight_changes select account_id from held),
            moved as (
              update account_worths w set state = {state}, state_since = {now} from held where w.account_id = held.account_id and w.state <> {state}
              returning w.account_id, w.lead_score)
            insert into lead_moves (account_id, at, from_state, to_state, score)
            select m.account_id, {now}, w.state, {state}, m.lead_score from moved m join account_worths w using (account_id)
            on conflict (account_id, at) do update set to_state = excluded.to_state
            """, ct);
    }
}
