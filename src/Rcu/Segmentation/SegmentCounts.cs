using System.Diagnostics;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Security;

namespace Rcu.Segmentation;

/// <summary>Counts a rule that is being written: how many meet it, what each condition leaves, and who may lawfully be reached.</summary>
public sealed class SegmentCounts(RcuDb db, SegmentRules rules, TimeProvider clock)
{
    /// <summary>About so many rows are read when all of them would take too long.</summary>
    public const int Drawn = 20_000;

    // What is told of those that meet a rule. A letter goes to the account: a contact has no address of their own.
    private static readonly Reach[] ByPost = [Reach.Invalid, Reach.Opposed, Reach.Allowed, Reach.NoAddress];

    /// <summary>How long the statements of one count may take, each.</summary>
    internal TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Counts the rule; when that takes too long, tells what a sample gives, as such.</summary>
    public async Task<Result<SegmentCount>> CountAsync(AccountScope scope, SegmentTarget target, Condition rule, CancellationToken ct)
    {
        if (await rules.RefusalAsync(target, rule, ct) is { } refused)
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
            var counted = await CountOnAsync(new Subjects(scope.Accounts(db), scope.Contacts(db), scope.Facets(db)), scope, target, rule, now, ct);
            return counted with { TookMs = (int)watch.ElapsedMilliseconds };
        }
        catch (Exception slow) when (slow.IsTooLong())
        {
            return await SampledAsync(scope, target, rule, now, ct) is { } sampled ? sampled with { TookMs = (int)watch.ElapsedMilliseconds } : SegmentationErrors.TooSlow;
        }
        finally
        {
            db.Database.SetCommandTimeout(before);
        }
    }

    // The rule on some of the rows, drawn by pages: what it gives is told as an estimate.
    internal async Task<SegmentCount?> SampledAsync(AccountScope scope, SegmentTarget target, Condition rule, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            var everyone = target is SegmentTarget.Accounts ? await scope.Accounts(db).CountAsync(ct) : await scope.Contacts(db).CountAsync(ct);
            var percent = Math.Min(100, 100f * Drawn / Math.Max(everyone, 1));
            var some = new Subjects(scope.SomeAccounts(db, percent), scope.SomeContacts(db, percent), Facets: null);
            return (await CountOnAsync(some, scope, target, rule, now, ct)).Of(everyone);
        }
        catch (Exception slow) when (slow.IsTooLong())
        {
            return null;
        }
    }

    // One reading of the rows says what each line of the rule leaves, and whether letters reach those that are left at the end.
    private async Task<SegmentCount> CountOnAsync(
        Subjects subjects, AccountScope scope, SegmentTarget target, Condition rule, DateTimeOffset now, CancellationToken ct)
    {
        var lines = Lines(rule);
        var compiler = new ConditionCompiler(SegmentSources.Of(scope, db), now);
        var groups = target is SegmentTarget.Accounts
            ? await AccountsAsync(subjects, [.. lines.Select(line => compiler.Compile<Account>(line).Value!)], ct)
            : await subjects.Contacts.CountedAsync(
                SegmentFunnel.Of<Contact>([.. lines.Select(line => compiler.Compile<Contact>(line).Value!)], c =>
                    c.Account!.PostalFlag != null ? 0 : c.Account!.Diffusion == "P" ? 1
                    : c.Account!.Address.PostalCode != null && c.Account.Address.City != null && (c.Account.Address.Street != null || c.Account.Address.Complement != null) ? 2 : 3),
                subjects.Contacts.Where(c => c.Id == Guid.Empty), ct);
        var steps = Enumerable.Range(1, lines.Count).Select(n => groups.Where(g => g.Key >= n).Sum(g => g.Value)).ToList();
        var everyone = groups.Values.Sum();
        var byPost = groups.Where(g => g.Key >= lines.Count).ToDictionary(g => ByPost[g.Key - lines.Count], g => g.Value);
        return new SegmentCount(steps.Count > 0 ? steps[^1] : everyone, everyone, steps, await ReachAsync(subjects, scope, target, rule, byPost, now, ct), now, 0)
        {
            Unplaced = SegmentRules.Centres(rule).Any() ? everyone - await PlacedAsync(subjects, scope, target, ct) : null,
        };
    }

    private static Task<IReadOnlyDictionary<int, int>> AccountsAsync(Subjects subjects, List<Expression<Func<Account, bool>>> lines, CancellationToken ct)
    {
        var narrow = lines.ConvertAll(FacetRule.Of);
        return subjects.Facets is { } facets && narrow.TrueForAll(line => line is not null)
            ? facets.CountedAsync(
                SegmentFunnel.Of<AccountFacet>([.. narrow.OfType<Expression<Func<AccountFacet, bool>>>()], a =>
                    a.Returned ? 0 : a.Diffusion == "P" ? 1
                    : a.AddressPostalCode != null && a.AddressCity != null && (a.AddressStreet != null || a.AddressComplement != null) ? 2 : 3),
                facets.Where(a => a.Id == Guid.Empty), ct)
            : subjects.Accounts.CountedAsync(
                SegmentFunnel.Of(lines, a =>
                    a.PostalFlag != null ? 0 : a.Diffusion == "P" ? 1
                    : a.Address.PostalCode != null && a.Address.City != null && (a.Address.Street != null || a.Address.Complement != null) ? 2 : 3),
                subjects.Accounts.Where(a => a.Id == Guid.Empty), ct);
    }

    private Task<int> PlacedAsync(Subjects subjects, AccountScope scope, SegmentTarget target, CancellationToken ct)
    {
        var places = db.Set<Place>().AsNoTracking();
        if (target is SegmentTarget.Accounts)
        {
            return Nearness.Placed(subjects.Accounts, places).CountAsync(ct);
        }

        var accounts = Nearness.Placed(scope.Accounts(db), places).Select(a => (Guid?)a.Id);
        return subjects.Contacts.CountAsync(c => accounts.Contains(c.AccountId), ct);
    }

    // The lines of the rule, each of which leaves some of those that the one before left.
    private static IReadOnlyList<Condition> Lines(Condition rule) => rule is Condition.All all ? all.Of : [rule];

    private async Task<SegmentReach> ReachAsync(
        Subjects subjects, AccountScope scope, SegmentTarget target, Condition rule, Dictionary<Reach, int> byPost, DateTimeOffset now, CancellationToken ct)
    {
        var compiler = new ConditionCompiler(SegmentSources.Of(scope, db), now);
        var contacts = target is SegmentTarget.Contacts
            ? subjects.Contacts.Where(compiler.Compile<Contact>(rule).Value!).Select(c => new { c.EmailReach, c.PhoneReach, Partial = c.Account!.Diffusion == "P" })
            : scope.Contacts(db).Join(
                Meeting(subjects, compiler.Compile<Account>(rule).Value!),
                c => c.AccountId, a => (Guid?)a.Id, (c, a) => new { c.EmailReach, c.PhoneReach, a.Partial });
        var groups = await contacts
            .GroupBy(c => new { c.EmailReach, c.PhoneReach, c.Partial })
            .Select(g => new { g.Key.EmailReach, g.Key.PhoneReach, g.Key.Partial, Count = g.Count() })
            .ToListAsync(ct);
        return new SegmentReach(
            groups.Sum(g => g.Count),
            groups.Where(g => !g.Partial).GroupBy(g => g.EmailReach).ToDictionary(g => g.Key, g => g.Sum(x => x.Count)),
            groups.Where(g => !g.Partial).GroupBy(g => g.PhoneReach).ToDictionary(g => g.Key, g => g.Sum(x => x.Count)),
            byPost,
            groups.Where(g => g.Partial).Sum(g => g.Count));
    }

    private static IQueryable<Met> Meeting(Subjects subjects, Expression<Func<Account, bool>> rule) =>
        subjects.Facets is { } facets && FacetRule.Of(rule) is { } narrow
            ? facets.Where(narrow).Select(a => new Met { Id = a.Id, Partial = a.Diffusion == "P" })
            : subjects.Accounts.Where(rule).Select(a => new Met { Id = a.Id, Partial = a.Diffusion == "P" });

    private sealed class Met
    {
        public required Guid Id { get; init; }

        public required bool Partial { get; init; }
    }

    /// <param name="Facets">The same accounts, narrow; null when some were drawn.</param>
    private sealed record Subjects(IQueryable<Account> Accounts, IQueryable<Contact> Contacts, IQueryable<AccountFacet>? Facets);
}

/// <summary>How many meet a rule.</summary>
/// <param name="Everyone">How many there are without any rule.</param>
/// <param name="Steps">What is left after each top condition.</param>
/// <param name="Sample">How many rows were drawn and read, when all of them would have taken too long: every number is then an estimate. Null when they are exact.</param>
public sealed record SegmentCount(
    int Total, int Everyone, IReadOnlyList<int> Steps, SegmentReach Reach, DateTimeOffset At, int TookMs, int? Sample = null)
{
    /// <summary>Of everyone, how many lie nowhere known, when the rule measures a distance: they are near nothing.</summary>
    public int? Unplaced { get; init; }

    /// <summary>What was counted on a sample, in proportion for all of them.</summary>
    internal SegmentCount Of(int everyone)
    {
        var share = Everyone == 0 ? 0 : (double)everyone / Everyone;
        return new SegmentCount(Whole(Total), everyone, [.. Steps.Select(Whole)], new SegmentReach(
            Whole(Reach.Contacts), Each(Reach.ByEmail), Each(Reach.ByPhone), Each(Reach.ByPost), Whole(Reach.PartialDiffusion)), At, TookMs, Everyone)
        {
            Unplaced = Unplaced is { } some ? Whole(some) : null,
        };

        int Whole(int some) => (int)Math.Round(some * share);
        Dictionary<Reach, int> Each(IReadOnlyDictionary<Reach, int> some) => some.ToDictionary(one => one.Key, one => Whole(one.Value));
    }
}

/// <summary>The contacts behind a segment, by whether they may be reached.</summary>
/// <param name="ByPost">The accounts of a segment of accounts, the contacts of the other, by whether letters reach their company's address.</param>
/// <param name="PartialDiffusion">Those whose company asked Insee not to be used for prospecting.</param>
public sealed record SegmentReach(
    int Contacts, IReadOnlyDictionary<Reach, int> ByEmail, IReadOnlyDictionary<Reach, int> ByPhone, IReadOnlyDictionary<Reach, int> ByPost, int PartialDiffusion);
