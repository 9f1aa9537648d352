using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Rcu.Segmentation;

/// <summary>How far each row goes through the lines of a rule, in one reading: a line is only asked of the rows that those before it left.</summary>
internal static class SegmentFunnel
{
    /// <param name="placed">What is told of a row, from it and from the number of lines that it meets before the first it does not.</param>
    public static Expression<Func<T, Placed>> Of<T>(IReadOnlyList<Expression<Func<T, bool>>> lines, Expression<Func<T, int, Placed>> placed)
    {
        var row = placed.Parameters[0];
        Expression left = Expression.Constant(lines.Count);
        for (var n = lines.Count - 1; n >= 0; n--)
        {
            left = Expression.Condition(new Replace(lines[n].Parameters[0], row).Visit(lines[n].Body), left, Expression.Constant(n));
        }

        return Expression.Lambda<Func<T, Placed>>(new Replace(placed.Parameters[1], left).Visit(placed.Body), row);
    }

    public static async Task<IReadOnlyList<(Placed Placed, int Count)>> CountedAsync(this IQueryable<Placed> rows, CancellationToken ct)
    {
        var groups = await rows.GroupBy(r => new { r.Left, r.Returned, r.Partial, r.Known })
            .Select(g => new { g.Key.Left, g.Key.Returned, g.Key.Partial, g.Key.Known, Count = g.Count() }).ToListAsync(ct);
        return groups.ConvertAll(g => (new Placed { Left = g.Left, Returned = g.Returned, Partial = g.Partial, Known = g.Known }, g.Count));
    }

    private sealed class Replace(ParameterExpression from, Expression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : base.VisitParameter(node);
    }
}

/// <summary>How many lines of a rule a row meets, and whether a letter reaches it.</summary>
internal sealed class Placed
{
    public required int Left { get; init; }

    public required bool Returned { get; init; }

    public required bool Partial { get; init; }

    public required bool Known { get; init; }
}
