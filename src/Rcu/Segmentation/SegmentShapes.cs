using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Security;

namespace Rcu.Segmentation;

/// <summary>What those who meet a rule are like, and how many of them another segment already holds. Asked for, never computed at each keystroke.</summary>
public sealed class SegmentShapes(RcuDb db, SegmentRules rules, TimeProvider clock)
{
    /// <summary>The most values shown of one field.</summary>
    public const int Shown = 6;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly IReadOnlyList<(string Field, Expression<Func<Account, string?>> Value)> OfAccounts =
    [
        ("account.region", a => a.Address.Region),
        ("account.size_class", a => a.SizeClass),
        ("account.naf", a => a.Naf == null ? null : a.Naf.Substring(0, 2)),
    ];

    private static readonly IReadOnlyList<(string Field, Expression<Func<AccountFacet, string?>> Value)> OfFacets =
    [
        ("account.region", f => f.AddressRegion),
        ("account.size_class", f => f.SizeClass),
        ("account.naf", f => f.Naf == null ? null : f.Naf.Substring(0, 2)),
    ];

    private static readonly IReadOnlyList<(string Field, Expression<Func<Contact, string?>> Value)> OfContacts =
    [
        ("contact.department", c => c.Department),
        ("contact.level", c => c.Level),
        ("account.region", c => c.Account!.Address.Region),
    ];

    /// <param name="other">The segment to be compared with; null for none.</param>
    public async Task<Result<SegmentShape>> ReadAsync(AccountScope scope, SegmentTarget target, Condition rule, Guid? other, CancellationToken ct)
    {
        if (await rules.RefusalAsync(target, rule, ct) is { } refused)
        {
            return refused;
        }

        var before = db.Database.GetCommandTimeout();
        db.Database.SetCommandTimeout(Patience);
        try
        {
            rule = await rules.FollowAsync(rule, ct);
            var compiler = new ConditionCompiler(SegmentSources.Of(scope, db), clock.GetUtcNow());
            if (target is SegmentTarget.Contacts)
            {
                return await OfAsync(scope.Contacts(db).Where(compiler.Compile<Contact>(rule).Value!), OfContacts, c => c.Id, other, ct);
            }

            var meets = compiler.Compile<Account>(rule).Value!;
            return FacetRule.Of(meets) is { } narrow
                ? await OfAsync(scope.Facets(db).Where(narrow), OfFacets, f => f.Id, other, ct)
                : await OfAsync(scope.Accounts(db).Where(meets), OfAccounts, a => a.Id, other, ct);
        }
        catch (Exception slow) when (slow.IsTooLong())
        {
            return SegmentationErrors.TooSlow;
        }
        finally
        {
            db.Database.SetCommandTimeout(before);
        }
    }

    private async Task<SegmentShape> OfAsync<T>(
        IQueryable<T> meeting, IReadOnlyList<(string Field, Expression<Func<T, string?>> Value)> fields, Expression<Func<T, Guid>> id, Guid? other, CancellationToken ct)
    {
        List<SegmentBreakdown> breakdowns = [];
        foreach (var (field, value) in fields)
        {
            var groups = await meeting.GroupBy(value).Select(g => new { g.Key, Count = g.Count() }).OrderByDescending(g => g.Count).ThenBy(g => g.Key)
                .Take(Shown).ToListAsync(ct);
            breakdowns.Add(new SegmentBreakdown(field, groups.ConvertAll(g => new SegmentPart(g.Key, g.Count))));
        }

        var total = await meeting.CountAsync(ct);
        if (other is not { } segment || await db.Segments.AsNoTracking().SingleOrDefaultAsync(s => s.Id == segment, ct) is not { } named)
        {
            return new SegmentShape(total, breakdowns, null);
        }

        var inside = db.SegmentMembers.Where(m => m.SegmentId == segment && m.ExitedAt == null).Select(m => m.MemberId);
        return new SegmentShape(total, breakdowns, new SegmentOverlap(named.Id, named.Name, named.MemberCount, await meeting.Select(id).CountAsync(one => inside.Contains(one), ct)));
    }
}

/// <summary>What those who meet a rule are like.</summary>
public sealed record SegmentShape(int Total, IReadOnlyList<SegmentBreakdown> Breakdowns, SegmentOverlap? Overlap);

/// <summary>How they spread over the values of one field, the most frequent first.</summary>
/// <param name="Field">As the texts <c>segment.field.…</c> call it.</param>
public sealed record SegmentBreakdown(string Field, IReadOnlyList<SegmentPart> Parts);

/// <summary>One value and how many bear it; null for those of whom it is not known.</summary>
public sealed record SegmentPart(string? Value, int Count);

/// <summary>Those who meet a rule and are in another segment as well.</summary>
public sealed record SegmentOverlap(Guid SegmentId, string Name, int Members, int Common);
