using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Security;

namespace Rcu.Segmentation;

/// <summary>For how many accounts, or contacts, each field is filled: what a marketer must know before building on it. Read on a sample of a large base.</summary>
public sealed class FieldFills(RcuDb db)
{
    public async Task<FilledFields> ReadAsync(AccountScope scope, SegmentTarget target, CancellationToken ct) =>
        target is SegmentTarget.Accounts
            ? await OfAsync(scope.Accounts(db), percent => scope.SomeAccounts(db, percent), ct)
            : await OfAsync(scope.Contacts(db), percent => scope.SomeContacts(db, percent), ct);

    private static async Task<FilledFields> OfAsync<T>(IQueryable<T> all, Func<float, IQueryable<T>> some, CancellationToken ct)
    {
        var everyone = await all.CountAsync(ct);
        var fields = SegmentField.On(typeof(T)).Where(field => field.Value.Parameters.Count == 1 && field.Operators.Contains(Operator.Filled)).ToList();
        var rows = await (everyone > SegmentCounts.Drawn ? some(100f * SegmentCounts.Drawn / everyone) : all).Select(Marks<T>(fields)).ToListAsync(ct);
        return new FilledFields(
            rows.Count, fields.Select((field, n) => (field.Name, Filled: rows.Count(row => row[n] == '1'))).Where(_ => rows.Count > 0).ToDictionary(f => f.Name, f => (double)f.Filled / rows.Count));
    }

    // One sign for each field, in their order.
    private static Expression<Func<T, string>> Marks<T>(List<SegmentField> fields)
    {
        var row = Expression.Parameter(typeof(T), "x");
        var compiler = new ConditionCompiler(SegmentFacts.None, DateTimeOffset.UnixEpoch);
        var joined = typeof(string).GetMethod(nameof(string.Concat), [typeof(string), typeof(string)])!;
        var marks = fields
            .Select(field => compiler.Compile<T>(new Condition.Compare(field.Name, Operator.Filled, [])).Value!)
            .Select(Expression (filled) => Expression.Condition(new At(filled.Parameters[0], row).Visit(filled.Body), Expression.Constant("1"), Expression.Constant("0")))
            .Aggregate((left, right) => Expression.Add(left, right, joined));
        return Expression.Lambda<Func<T, string>>(marks, row);
    }

    private sealed class At(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : base.VisitParameter(node);
    }
}

/// <summary>How many rows were read, and for each field the share of them that has a value, 0 to 1. Flags, and what stands beside the row, have none.</summary>
public sealed record FilledFields(int Rows, Dictionary<string, double> Shares);
