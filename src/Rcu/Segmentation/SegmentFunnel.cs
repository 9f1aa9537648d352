using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Rcu.Segmentation;

/// <summary>How far each row goes through the lines of a rule, in one reading: a line is only asked of the rows that those before it left.</summary>
internal static class SegmentFunnel
{
    /// <summary>The number of lines a row meets before the first it does not; and, of a row that meets all of them, more than that by what is told of it.</summary>
    /// <param name="told">From 0 up. Only rows that meet every line are asked.</param>
    public static Expression<Func<T, int>> Of<T>(IReadOnlyList<Expression<Func<T, bool>>> lines, Expression<Func<T, int>> told)
    {
        var row = told.Parameters[0];
        Expression left = Expression.Add(Expression.Constant(lines.Count), told.Body);
        for (var n = lines.Count - 1; n >= 0; n--)
        {
            left = Expression.Condition(new Replace(lines[n].Parameters[0], row).Visit(lines[n].Body), left, Expression.Constant(n));
        }

        return Expression.Lambda<Func<T, int>>(left, row);
    }

    /// <param name="nobody">No row at all. PostgreSQL takes what one reading gives for as many groups as there are rows, and goes through them on one core; of two readings put together it knows no better than a few, and goes through them on all.</param>
    public static async Task<IReadOnlyDictionary<int, int>> CountedAsync<T>(this IQueryable<T> rows, Expression<Func<T, int>> left, IQueryable<T> nobody, CancellationToken ct) =>
        await rows.Select(left).Concat(nobody.Select(_ => 0)).GroupBy(n => n).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);

    private sealed class Replace(ParameterExpression from, Expression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : base.VisitParameter(node);
    }
}
