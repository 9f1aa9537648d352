using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Security;

namespace Rcu.Segmentation;

/// <summary>Counts a rule that is being written: how many meet it, what each condition leaves, and who may lawfully be reached.</summary>
public sealed class SegmentCounts(RcuDb db, SegmentRules rules, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<Result<SegmentCount>> CountAsync(AccountScope scope, SegmentTarget target, Condition rule, CancellationToken ct)
    {
        if (ConditionCompiler.Refusal(rule, target) is { } refused)
        {
            return refused;
        }

        var watch = Stopwatch.StartNew();
        rule = await rules.FollowAsync(rule, ct);
        var now = clock.GetUtcNow();
        var before = db.Database.GetCommandTimeout();
        db.Database.SetCommandTimeout(Patience);
        try
        {
            var everyone = await CountOfAsync(scope, target, new Condition.All([]), now, ct);
            List<int> steps = [];
            foreach (var part in Prefixes(rule))
            {
                steps.Add(await CountOfAsync(scope, target, part, now, ct));
            }

            var total = steps.Count > 0 ? steps[^1] : everyone;
            var reach = await ReachAsync(scope, target, rule, now, ct);
            return new SegmentCount(total, everyone, steps, reach, now, (int)watch.ElapsedMilliseconds);
        }
        catch (NpgsqlException slow) when (slow.InnerException is TimeoutException || slow is PostgresException { SqlState: PostgresErrorCodes.QueryCanceled })
        {
            return SegmentationErrors.TooSlow;
        }
        finally
        {
            db.Database.SetCommandTimeout(before);
        }
    }

    // What is left after each line of the rule: the first, the first two…
    private static IEnumerable<Condition> Prefixes(Condition rule) => rule switch
    {
        Condition.All { Of.Count: > 0 } all => Enumerable.Range(1, all.Of.Count).Select(n => new Condition.All([.. all.Of.Take(n)])),
        Condition.All => [],
        _ => [rule],
    };

    private async Task<int> CountOfAsync(AccountScope scope, SegmentTarget target, Condition rule, DateTimeOffset now, CancellationToken ct)
    {
        var compiler = new ConditionCompiler(SegmentSources.Of(scope, db), now);
        return target is SegmentTarget.Accounts
            ? await scope.Accounts(db).CountAsync(compiler.Compile<Account>(rule).Value!, ct)
            : await scope.Contacts(db).CountAsync(compiler.Compile<Contact>(rule).Value!, ct);
    }

    private async Task<SegmentReach> ReachAsync(
        AccountScope scope, SegmentTarget target, Condition rule, DateTimeOffset now, CancellationToken ct)
    {
        var compiler = new ConditionCompiler(SegmentSources.Of(scope, db), now);
        var contacts = scope.Contacts(db);
        Dictionary<Reach, int> byPost;
        if (target is SegmentTarget.Contacts)
        {
            contacts = contacts.Where(compiler.Compile<Contact>(rule).Value!);
            byPost = await PostAsync(contacts.Select(c => c.Account), ct);
        }
        else
        {
            var meeting = scope.Accounts(db).Where(compiler.Compile<Account>(rule).Value!);
            var accounts = meeting.Select(a => (Guid?)a.Id);
            contacts = contacts.Where(c => accounts.Contains(c.AccountId));
            byPost = await PostAsync(meeting, ct);
        }

        var groups = await contacts
            .GroupBy(c => new { c.EmailReach, c.PhoneReach, Partial = c.Account!.Diffusion == "P" })
            .Select(g => new { g.Key.EmailReach, g.Key.PhoneReach, g.Key.Partial, Count = g.Count() })
            .ToListAsync(ct);
        return new SegmentReach(
            groups.Sum(g => g.Count),
            groups.Where(g => !g.Partial).GroupBy(g => g.EmailReach).ToDictionary(g => g.Key, g => g.Sum(x => x.Count)),
            groups.Where(g => !g.Partial).GroupBy(g => g.PhoneReach).ToDictionary(g => g.Key, g => g.Sum(x => x.Count)),
            byPost,
            groups.Where(g => g.Partial).Sum(g => g.Count));
    }

    // A letter goes to the account: a contact has no address of their own.
    private static async Task<Dictionary<Reach, int>> PostAsync(IQueryable<Account?> addressed, CancellationToken ct)
    {
        var groups = await addressed
            .GroupBy(a => new
            {
                Returned = a!.PostalFlag != null,
                Partial = a.Diffusion == "P",
                Known = a.Address.PostalCode != null && a.Address.City != null && (a.Address.Street != null || a.Address.Complement != null),
            })
            .Select(g => new { g.Key.Returned, g.Key.Partial, g.Key.Known, Count = g.Count() })
            .ToListAsync(ct);
        return groups.GroupBy(g => g.Returned ? Reach.Invalid : g.Partial ? Reach.Opposed : g.Known ? Reach.Allowed : Reach.NoAddress)
            .ToDictionary(g => g.Key, g => g.Sum(one => one.Count));
    }
}

/// <summary>How many meet a rule.</summary>
/// <param name="Everyone">How many there are without any rule.</param>
/// <param name="Steps">What is left after each top condition.</param>
public sealed record SegmentCount(
    int Total, int Everyone, IReadOnlyList<int> Steps, SegmentReach Reach, DateTimeOffset At, int TookMs);

/// <summary>The contacts behind a segment, by whether they may be reached.</summary>
/// <param name="ByPost">The accounts of a segment of accounts, the contacts of the other, by whether letters reach their company's address.</param>
/// <param name="PartialDiffusion">Those whose company asked Insee not to be used for prospecting.</param>
public sealed record SegmentReach(
    int Contacts, IReadOnlyDictionary<Reach, int> ByEmail, IReadOnlyDictionary<Reach, int> ByPhone, IReadOnlyDictionary<Reach, int> ByPost, int PartialDiffusion);
