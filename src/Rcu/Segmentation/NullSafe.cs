using System.Linq.Expressions;
using Rcu.Customers;

namespace Rcu.Segmentation;

// What a left join gives in SQL: through a missing account, or figures not computed yet, every value is null.
internal sealed class NullSafe : ExpressionVisitor
{
    protected override Expression VisitUnary(UnaryExpression node) =>
        node.NodeType is ExpressionType.Convert && node.Operand is not MethodCallExpression && Nullable.GetUnderlyingType(node.Type) is not null
            ? Guarded(node, node.Operand)
            : base.VisitUnary(node);

    protected override Expression VisitMember(MemberExpression node) =>
        node.Type.IsValueType && Nullable.GetUnderlyingType(node.Type) is null ? node : Guarded(node, node);

    private static Expression Guarded(Expression node, Expression chain)
    {
        var found = new Navigations();
        found.Visit(chain);
        var missing = found.Seen
            .Where(navigation => navigation != node)
            .OrderBy(navigation => $"{navigation}".Length)
            .Select(Expression (navigation) => Expression.Equal(navigation, Expression.Constant(null, navigation.Type)))
            .ToList();
        return missing.Count == 0 ? node : Expression.Condition(missing.Aggregate(Expression.OrElse), Expression.Default(node.Type), node);
    }

    private sealed class Navigations : ExpressionVisitor
    {
        public List<MemberExpression> Seen { get; } = [];

        protected override Expression VisitMember(MemberExpression node)
        {
            if (node.Type == typeof(AccountMetrics) || node.Type == typeof(AccountWorth) || node.Type == typeof(Proceeding) || node.Type == typeof(ContactLead) || node.Type.IsSubclassOf(typeof(QualityScore)) || node.Type == typeof(Account))
            {
                Seen.Add(node);
            }

            return base.VisitMember(node);
        }
    }
}
