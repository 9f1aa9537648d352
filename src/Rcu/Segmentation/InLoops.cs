using System.Linq.Expressions;

namespace Rcu.Segmentation;

// Rows that are in memory are gone through by the predicate itself: left to their queries, each record judged would have
// each of them compiled anew.
internal sealed class InLoops : ExpressionVisitor
{
    protected override Expression VisitMethodCall(MethodCallExpression node) =>
        node.Method.DeclaringType == typeof(Queryable)
            ? Expression.Call(
                typeof(Enumerable),
                node.Method.Name,
                node.Method.IsGenericMethod ? node.Method.GetGenericArguments() : null,
                [.. node.Arguments.Select(argument => Visit(argument is UnaryExpression { NodeType: ExpressionType.Quote } quote ? quote.Operand : argument)!)])
            : base.VisitMethodCall(node);
}
