using System.Linq.Expressions;
using Rcu.Customers;

namespace Rcu.Segmentation;

/// <summary>
/// Turns a rule into one predicate, run as SQL over the hub's tables or in memory over what was loaded of one account. A rule
/// names fields and comparisons of the lists; its values only ever travel as parameters.
/// </summary>
/// <param name="now">« Les 30 derniers jours » are counted from here.</param>
public sealed class ConditionCompiler(SegmentSources sources, DateTimeOffset now)
{
    public const int MaxDepth = 5;
    public const int MaxConditions = 100;
    public const int MaxValues = 5000;

    private int _conditions;

    /// <summary>The predicate, or why the rule is refused and where in it.</summary>
    public Result<Expression<Func<T, bool>>> Compile<T>(Condition rule)
    {
        _conditions = 0;
        var subject = Expression.Parameter(typeof(T), "x");
        try
        {
            return Expression.Lambda<Func<T, bool>>(Body(rule, subject, "/rule", depth: 1), subject);
        }
        catch (Refused refused)
        {
            return refused.Error;
        }
    }

    /// <summary>What a measure gives, for whoever asks why.</summary>
    public Result<Expression<Func<T, object?>>> Value<T>(Condition.Computed computed)
    {
        _conditions = 0;
        var subject = Expression.Parameter(typeof(T), "x");
        try
        {
            return Expression.Lambda<Func<T, object?>>(
                Expression.Convert(Measured(computed, subject, "/rule", depth: 1).Value, typeof(object)), subject);
        }
        catch (Refused refused)
        {
            return refused.Error;
        }
    }

    /// <summary>The first thing wrong with a rule; null when it can be run.</summary>
    public static Error? Refusal(Condition rule, SegmentTarget target)
    {
        var nothing = new ConditionCompiler(SegmentFacts.None, DateTimeOffset.UnixEpoch);
        return target is SegmentTarget.Accounts ? nothing.Compile<Account>(rule).Error : nothing.Compile<Contact>(rule).Error;
    }

    /// <summary>A predicate made for memory: what SQL reads as null through a missing account or missing figures is null here too.</summary>
    public static Func<T, bool> InMemory<T>(Expression<Func<T, bool>> predicate) =>
        ((Expression<Func<T, bool>>)new NullSafe().Visit(new InLoops().Visit(predicate))).Compile(preferInterpretation: true);

    private Expression Body(Condition condition, Expression subject, string path, int depth)
    {
        if (depth > MaxDepth + 1 || (depth > MaxDepth && condition is not Condition.Compare))
        {
            throw new Refused(SegmentationErrors.TooDeep(path));
        }

        return condition switch
        {
            Condition.All { Of: { } of } => Fold(of, subject, path, depth, Expression.AndAlso, empty: true),
            Condition.Any { Of: { } of } => Fold(of, subject, path, depth, Expression.OrElse, empty: true),
            Condition.None { Of: { } of } => Expression.Not(Fold(of, subject, path, depth, Expression.OrElse, empty: false)),
            Condition.Compare { Field: not null, Values: not null } compare => Compared(compare, subject, path),
            Condition.Related { Relation: not null, Such: not null } related => Related(related, subject, path, depth),
            Condition.Computed { Relation: not null, Such: not null, Values: not null } computed => Computed(computed, subject, path, depth),
            _ => throw new Refused(SegmentationErrors.BadValue(path, "rule", "null")),
        };
    }

    // A group being filled has no condition yet: it does not exclude anyone.
    private Expression Fold(
        IReadOnlyList<Condition> of, Expression subject, string path, int depth, Func<Expression, Expression, Expression> join, bool empty) =>
        of.Count == 0
            ? Expression.Constant(empty)
            : of.Select((condition, i) => Body(condition, subject, $"{path}/of/{i}", depth + 1)).ToList().Aggregate(join);

    private Expression Compared(Condition.Compare compare, Expression subject, string path)
    {
        CountOne(path);
        if (SegmentField.Find(subject.Type, compare.Read, out var ofAccount) is not { } field)
        {
            throw new Refused(SegmentationErrors.UnknownField(path, compare.Field));
        }

        Check(field, compare, path);
        var owner = ofAccount ? Expression.Property(subject, nameof(Contact.Account)) : subject;
        var value = Read(field, subject, owner);
        var holds = compare.Operator is Operator.Within
            ? Nearness.Within(Expression.Property(Expression.Constant(sources), nameof(SegmentSources.Places)), value, compare, path)
            : FieldComparison.Build(field, value, compare, now, path);

        // A flag has no empty value of its own: without account, none of its account's flags is answered.
        return ofAccount && field.Type is FieldType.Flag
            ? Expression.AndAlso(Expression.NotEqual(owner, Expression.Constant(null, typeof(Account))), holds)
            : holds;
    }

    private static void Check(SegmentField field, Condition.Compare compare, string path)
    {
        if (!field.Operators.Contains(compare.Operator))
        {
            throw new Refused(SegmentationErrors.UnknownOperator(path, compare.Field, $"{compare.Operator}"));
        }

        if (compare.Values.Count > MaxValues)
        {
            throw new Refused(SegmentationErrors.TooManyValues(path));
        }

        if (FieldTypes.Arity(compare.Operator) is { } arity ? compare.Values.Count != arity : compare.Values.Count == 0)
        {
            throw new Refused(SegmentationErrors.ValueCount(path, compare.Field));
        }

        if (compare.Values.Any(value => value is null))
        {
            throw new Refused(SegmentationErrors.BadValue(path, compare.Field, "null"));
        }
    }

    // What a field is read from: the row, or its account's; and the tables beside it.
    private Expression Read(SegmentField field, Expression subject, Expression owner)
    {
        var row = field.Value.Parameters[0];
        var read = new Replace(row, row.Type == subject.Type ? subject : owner).Visit(field.Value.Body);
        return field.Value.Parameters.Count == 1 ? read : new Replace(field.Value.Parameters[1], Expression.Constant(sources)).Visit(read);
    }

    private Expression Computed(Condition.Computed computed, Expression subject, string path, int depth)
    {
        var (field, value) = Measured(computed, subject, path, depth);
        var compare = new Condition.Compare(field.Name, computed.Operator, computed.Values);
        Check(field, compare, path);
        return FieldComparison.Build(field, value, compare, now, path);
    }

    private (SegmentField Field, Expression Value) Measured(Condition.Computed computed, Expression subject, string path, int depth)
    {
        CountOne(path);
        var rows = Rows(computed.Relation, subject, path, depth, out var row);
        var such = Body(computed.Such, row, $"{path}/such", depth + 1);
        return SegmentMeasure.Of(computed, row, Call(nameof(Queryable.Where), rows, such, row), found => Read(found, row, row), path);
    }

    private Expression Related(Condition.Related related, Expression subject, string path, int depth)
    {
        CountOne(path);
        var rows = Rows(related.Relation, subject, path, depth, out var row);
        var such = Body(related.Such, row, $"{path}/such", depth + 1);
        return related.Quantifier switch
        {
            Quantifier.No => Expression.Not(Any(rows, row, such)),

            // « Tous les contacts » of an account without contact would be true of nobody: it takes one.
            Quantifier.Every => Expression.AndAlso(
                Any(rows, row, Expression.Constant(true)), Expression.Not(Any(rows, row, Expression.Not(such)))),
            _ when related.AtLeast <= 1 => Any(rows, row, such),
            _ => Expression.GreaterThanOrEqual(
                Expression.Call(typeof(Queryable), nameof(Queryable.Count), [row.Type], rows, Expression.Quote(Expression.Lambda(such, row))),
                FieldComparison.Parameter(related.AtLeast, typeof(int))),
        };
    }

    private Expression Rows(string name, Expression subject, string path, int depth, out ParameterExpression row)
    {
        if (SegmentRelation.On(subject.Type).FirstOrDefault(r => r.Name == name) is not { } relation)
        {
            throw new Refused(SegmentationErrors.UnknownRelation(path, name));
        }

        row = Expression.Parameter(relation.Row, $"r{depth}");
        return new Replace(relation.Rows.Parameters[1], subject).Visit(
            new Replace(relation.Rows.Parameters[0], Expression.Constant(sources)).Visit(relation.Rows.Body));
    }

    private void CountOne(string path)
    {
        if (++_conditions > MaxConditions)
        {
            throw new Refused(SegmentationErrors.TooManyConditions(path));
        }
    }

    private static MethodCallExpression Any(Expression rows, ParameterExpression row, Expression such) => Call(nameof(Queryable.Any), rows, such, row);

    private static MethodCallExpression Call(string method, Expression rows, Expression such, ParameterExpression row) =>
        Expression.Call(typeof(Queryable), method, [row.Type], rows, Expression.Quote(Expression.Lambda(such, row)));

    private sealed class Replace(ParameterExpression from, Expression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : base.VisitParameter(node);
    }
}
