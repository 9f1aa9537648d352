using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Security;

namespace Rcu.Segmentation;

/// <summary>Shows who meets a rule or stays in a segment, and why each of them does or does not.</summary>
public sealed class SegmentPeople(RcuDb db, SegmentRules rules, TimeProvider clock)
{
    /// <summary>The first ten who meet a rule, each with its reasons.</summary>
    public async Task<Result<IReadOnlyList<SegmentRow>>> PreviewAsync(
        AccountScope scope, SegmentTarget target, Condition rule, CancellationToken ct)
    {
        if (await rules.RefusalAsync(target, rule, ct) is { } refused)
        {
            return refused;
        }

        rule = await rules.FollowAsync(rule, ct);
        var compiler = new ConditionCompiler(SegmentSources.Of(scope, db), clock.GetUtcNow());
        var rows = target is SegmentTarget.Accounts
            ? Rows(scope.Accounts(db).Where(compiler.Compile<Account>(rule).Value!))
            : Rows(scope.Contacts(db).Where(compiler.Compile<Contact>(rule).Value!));
        var first = await rows.OrderBy(r => r.Name).ThenBy(r => r.Id).Take(10).ToListAsync(ct);
        var facts = await SegmentFacts.LoadAsync(scope, db, target, first.ConvertAll(r => r.Id), rule, ct);
        var judge = new SegmentJudge(facts, clock.GetUtcNow());
        return first.ConvertAll(r => r with { Why = judge.Explain(target, r.Id, rule) });
    }

    /// <summary>Those inside, by name, from just after <paramref name="after"/>.</summary>
    [SuppressMessage("Globalization", "CA1309", Justification = "Runs in the database, in its order.")]
    public async Task<Result<IReadOnlyList<SegmentRow>>> MembersAsync(
        AccountScope scope, Guid id, SegmentPosition? after, int take, CancellationToken ct)
    {
        if (await db.Segments.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) is not { } segment)
        {
            return SegmentationErrors.NotFound;
        }

        var inside = db.SegmentMembers.AsNoTracking().Where(m => m.SegmentId == id && m.ExitedAt == null);
        var rows = segment.Target is SegmentTarget.Accounts
            ? Rows(scope.Accounts(db).Where(a => inside.Any(m => m.MemberId == a.Id)))
            : Rows(scope.Contacts(db).Where(c => inside.Any(m => m.MemberId == c.Id)));
        if (after is { } position)
        {
            rows = rows.Where(r => string.Compare(r.Name, position.Name) > 0 || (r.Name == position.Name && r.Id > position.Id));
        }

        return await rows.OrderBy(r => r.Name).ThenBy(r => r.Id).Take(Math.Clamp(take, 1, 200)).ToListAsync(ct);
    }

    /// <summary>Why one account or contact is or is not among those who meet a rule: the tree, with what it was judged on.</summary>
    public async Task<Result<SegmentReason>> ExplainAsync(
        AccountScope scope, SegmentTarget target, Guid member, Condition rule, CancellationToken ct)
    {
        if (await rules.RefusalAsync(target, rule, ct) is { } refused)
        {
            return refused;
        }

        rule = await rules.FollowAsync(rule, ct);
        var facts = await SegmentFacts.LoadAsync(scope, db, target, [member], rule, ct);
        return new SegmentJudge(facts, clock.GetUtcNow()).Explain(target, member, rule) is { } reason
            ? reason
            : SegmentationErrors.MemberNotFound;
    }

    /// <summary>The same for several at once, what is known of them read once; null where a rule cannot be run any more.</summary>
    public async Task<IReadOnlyList<SegmentReason?>> ExplainAsync(
        AccountScope scope, IReadOnlyList<(SegmentTarget Target, Guid Member, Condition Rule)> asked, CancellationToken ct)
    {
        var reasons = new SegmentReason?[asked.Count];
        foreach (var target in asked.Select(one => one.Target).Distinct())
        {
            var runnable = new List<(int Place, Guid Member, Condition Rule)>();
            for (var place = 0; place < asked.Count; place++)
            {
                var (of, member, rule) = asked[place];
                if (of == target && await rules.RefusalAsync(of, rule, ct) is null)
                {
                    runnable.Add((place, member, await rules.FollowAsync(rule, ct)));
                }
            }

            Condition all = new Condition.All([.. runnable.Select(one => one.Rule)]);
            var facts = await SegmentFacts.LoadAsync(scope, db, target, [.. runnable.Select(one => one.Member).Distinct()], all, ct);
            var judge = new SegmentJudge(facts, clock.GetUtcNow());
            runnable.ForEach(one => reasons[one.Place] = judge.Explain(target, one.Member, one.Rule));
        }

        return reasons;
    }

    /// <summary>Accounts or contacts a person may mean by a few letters of a name, a SIREN or an e-mail.</summary>
    public async Task<IReadOnlyList<SegmentRow>> SuggestAsync(AccountScope scope, SegmentTarget target, string text, CancellationToken ct)
    {
        var sought = SearchText.Fold(text);
        var mail = text.Trim();
        if (sought.Length == 0)
        {
            return [];
        }

        var rows = target is SegmentTarget.Accounts
            ? Rows(scope.Accounts(db).Where(a => a.Search.Contains(sought)))
            : Rows(scope.Contacts(db).Where(c => c.Search.Contains(sought) || c.Email == mail));
        return await rows.OrderBy(r => r.Name).ThenBy(r => r.Id).Take(8).ToListAsync(ct);
    }

    private static IQueryable<SegmentRow> Rows(IQueryable<Account> accounts) => accounts.Select(a => new SegmentRow
    {
        Id = a.Id,
        Name = a.Name,
        AccountId = a.Id,
        Place = a.Address.City,
        Detail = a.Naf,
        Revenue12m = (decimal?)a.Metrics!.Revenue12m,
    });

    private static IQueryable<SegmentRow> Rows(IQueryable<Contact> contacts) => contacts.Select(c => new SegmentRow
    {
        Id = c.Id,
        Name = c.Name,
        AccountId = c.AccountId,
        Place = c.Account!.Name,
        Detail = c.JobTitle,
        EmailReach = (Reach?)c.EmailReach,
    });
}

/// <summary>One account or contact of a segment, as lists show it.</summary>
public sealed record SegmentRow
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public Guid? AccountId { get; init; }

    /// <summary>The town of an account, the company of a contact.</summary>
    public string? Place { get; init; }

    /// <summary>The NAF of an account, the job of a contact.</summary>
    public string? Detail { get; init; }

    public decimal? Revenue12m { get; init; }

    public Reach? EmailReach { get; init; }

    public SegmentReason? Why { get; init; }
}

/// <summary>Where a page of members ended.</summary>
public sealed record SegmentPosition(string Name, Guid Id);
