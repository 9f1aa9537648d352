using System.Linq.Expressions;
using Rcu.Customers;

namespace Rcu.Segmentation;

/// <summary>Asks of <see cref="AccountFacet"/> what a predicate asks of an account, where it asks nothing else.</summary>
internal sealed class FacetRule : ExpressionVisitor
{
    private static readonly Dictionary<string, string> PropertyOf = typeof(AccountFacet).GetProperties().ToDictionary(
        p => typeof(AccountMetrics).GetProperty(p.Name) is not null ? $"{nameof(Account.Metrics)}.{p.Name}"
            : p.Name.StartsWith(nameof(Account.Address), StringComparison.Ordinal) ? $"{nameof(Account.Address)}.{p.Name[nameof(Account.Address).Length..]}"
            : p.Name,
        p => p.Name);

    private static readonly Dictionary<string, string> Folded = new()
    {
        [$"{nameof(Account.Address)}.{nameof(Address.Region)}"] = nameof(AccountFacet.RegionFolded),
        [$"{nameof(Account.Address)}.{nameof(Address.Department)}"] = nameof(AccountFacet.DepartmentFolded),
        [$"{nameof(Account.Address)}.{nameof(Address.City)}"] = nameof(AccountFacet.CityFolded),
        [nameof(Account.Naf)] = nameof(AccountFacet.NafFolded),
    };

    private readonly ParameterExpression _account;
    private readonly ParameterExpression _facet = Expression.Parameter(typeof(AccountFacet), "f");
    private bool _isCovered = true;

    private FacetRule(ParameterExpression account) => _account = account;

    /// <summary>The same of facets; null when they do not say all that it asks.</summary>
    public static Expression<Func<AccountFacet, bool>>? Of(Expression<Func<Account, bool>> predicate)
    {
        var rule = new FacetRule(predicate.Parameters[0]);
        var body = rule.Visit(predicate.Body);
        return rule._isCovered ? Expression.Lambda<Func<AccountFacet, bool>>(body, rule._facet) : null;
    }

    protected override Expression VisitParameter(ParameterExpression node)
    {
        _isCovered &= node != _account;
        return node;
    }

    protected override Expression VisitMember(MemberExpression node) => Facet(node) is not { } facet ? base.VisitMember(node)
        : facet.Type == node.Type ? facet
        : Expression.Convert(facet, node.Type);

    // Whether there is a letter that came back.
    protected override Expression VisitBinary(BinaryExpression node) =>
        node is { NodeType: ExpressionType.Equal or ExpressionType.NotEqual, Left: MemberExpression { Type: var type } member, Right: ConstantExpression { Value: null } }
            && type == typeof(PostalFlag) && PathOf(member) is nameof(Account.PostalFlag)
            ? Expression.MakeBinary(node.NodeType, Expression.Property(_facet, nameof(AccountFacet.Returned)), Expression.Constant(false))
            : base.VisitBinary(node);

    // Small letters are kept beside some of the texts.
    protected override Expression VisitMethodCall(MethodCallExpression node) =>
        node is { Method.Name: nameof(string.ToLower), Object: MemberExpression member, Arguments.Count: 0 } && PathOf(member) is { } path && Folded.TryGetValue(path, out var folded)
            ? Expression.Property(_facet, folded)
            : base.VisitMethodCall(node);

    // A figure is asked for as one that may be missing: as facets have it.
    protected override Expression VisitUnary(UnaryExpression node) =>
        node is { NodeType: ExpressionType.Convert, Operand: MemberExpression member } && Facet(member) is { } facet && facet.Type == node.Type ? facet
            : base.VisitUnary(node);

    private MemberExpression? Facet(MemberExpression node) =>
        PathOf(node) is { } path && PropertyOf.TryGetValue(path, out var property) ? Expression.Property(_facet, property) : null;

    private string? PathOf(MemberExpression node) =>
        node.Expression == _account ? node.Member.Name
            : node.Expression is MemberExpression inner && PathOf(inner) is { } path ? $"{path}.{node.Member.Name}"
            : null;
}
