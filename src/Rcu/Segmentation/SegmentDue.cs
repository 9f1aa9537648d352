using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;

namespace Rcu.Segmentation;

/// <summary>
/// The accounts that changed since segments were computed. A segment whose rule only reads what is watched looks at these alone; on a
/// new day, after another rule, or when many changed, at all of them.
/// </summary>
/// <param name="Last">What is added later waits for the next computation.</param>
/// <param name="IsWhole">Whether so many are due that all accounts are looked at.</param>
public sealed record SegmentDue(long Last, bool IsWhole)
{
    // A part of the accounts beyond which looking at each by its key takes longer than reading them all.
    private const int OneIn = 5;

    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
    private static readonly Type[] Watched =
        [typeof(Account), typeof(Address), typeof(AccountMetrics), typeof(AccountWorth), typeof(Contact), typeof(Role), typeof(Document), typeof(Opportunity), typeof(Interaction)];

    private static readonly string[] Relations = ["contacts", "roles", "documents", "opportunities", "interactions"];

    public static async Task<SegmentDue> TakeAsync(RcuDb db, CancellationToken ct)
    {
        // What changed since the figures were computed is due as well: it will be again with its new figures.
        await db.Database.ExecuteSqlAsync(
            $"insert into segment_due (account_id) select distinct account_id from insight_changes where account_id <> {Account.Unknown} and account_id <> {Guid.Empty}", ct);
        var found = await db.Database.SqlQuery<Taken>(
            $"""
            select coalesce(max(id), 0) as "Last", count(distinct account_id) as "Accounts", coalesce(bool_or(account_id = {Guid.Empty}), false) as "Everyone" from segment_due
            """).SingleAsync(ct);
        return new SegmentDue(found.Last, found.Everyone || found.Accounts * OneIn > await db.Accounts.CountAsync(ct));
    }

    public Task<int> DoneAsync(RcuDb db, CancellationToken ct) => db.Database.ExecuteSqlAsync($"delete from segment_due where id <= {Last}", ct);

    /// <summary>Whether looking at the accounts that changed is enough to know who is in the segment.</summary>
    public bool IsEnoughFor(Segment segment, Condition rule, DateTimeOffset now) =>
        !IsWhole && segment.Target is SegmentTarget.Accounts && segment.BrokenReason is null
        && segment.ComputedAt is { } last && last >= segment.UpdatedAt && DayOf(last) == DayOf(now)
        && IsWatched(rule, typeof(Account));

    /// <summary>Their ids.</summary>
    internal IQueryable<Guid> Accounts(RcuDb db) => db.Database.SqlQuery<Guid>($"select account_id as \"Value\" from segment_due where id <= {Last}");

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Paris).DateTime);

    // Whatever changes what it reads makes the account due.
    private static bool IsWatched(Condition rule, Type subject) => rule switch
    {
        Condition.Compare compare => compare.Field != "id" && IsWatched(compare.Read, subject),
        Condition.Related related => Row(related.Relation, subject) is { } row && IsWatched(related.Such, row),
        Condition.Computed computed => Row(computed.Relation, subject) is { } row && (computed.Field is null || IsWatched(computed.Field, row)) && IsWatched(computed.Such, row),
        _ => rule.Inner.All(inner => IsWatched(inner, subject)),
    };

    private static Type? Row(string relation, Type subject) =>
        subject == typeof(Account) && Relations.Contains(relation) ? SegmentRelation.On(subject).Single(one => one.Name == relation).Row : null;

    private static bool IsWatched(string field, Type subject)
    {
        if (SegmentField.Find(subject, field, out var ofAccount) is not { Value.Parameters.Count: 1 } found || ofAccount)
        {
            return false;
        }

        var read = new Reads();
        read.Visit(found.Value.Body);
        return !read.Elsewhere;
    }

    private sealed class Reads : ExpressionVisitor
    {
        public bool Elsewhere { get; private set; }

        protected override Expression VisitMember(MemberExpression node)
        {
            Elsewhere |= !node.Type.IsValueType && node.Type != typeof(string) && !node.Type.IsAssignableTo(typeof(IEnumerable<string>)) && !Watched.Contains(node.Type);
            return base.VisitMember(node);
        }

        protected override Expression VisitMethodCall(MethodCallExpression node)
        {
            Elsewhere |= node.Method.DeclaringType == typeof(Queryable) || node.Method.DeclaringType == typeof(Enumerable);
            return base.VisitMethodCall(node);
        }
    }

    private sealed record Taken(long Last, long Accounts, bool Everyone);
}
