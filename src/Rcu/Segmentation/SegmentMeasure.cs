using System.Linq.Expressions;

namespace Rcu.Segmentation;

/// <summary>What is made of several rows, as a field of its own: it is compared as any other of its type.</summary>
public static class SegmentMeasure
{
    /// <summary>The measures that may be made of a field of this type.</summary>
    public static IReadOnlyList<Measure> For(FieldType type) => type switch
    {
        FieldType.Number or FieldType.Money => [Measure.Sum, Measure.Average, Measure.Highest, Measure.Lowest],
        FieldType.Date or FieldType.Moment => [Measure.Highest, Measure.Lowest],
        FieldType.Text or FieldType.PostalCode => [Measure.Distinct],
        _ => [],
    };

    /// <summary>What the measure gives, compared as what: null when it is not made of this field.</summary>
    public static FieldType? TypeOf(Measure measure, SegmentField? field) =>
        measure is Measure.Count ? FieldType.Number
        : field is null || !For(field.Type).Contains(measure) ? null
        : measure is Measure.Distinct ? FieldType.Number
        : field.Type;

    /// <param name="rows">Those that are counted, added up or compared.</param>
    /// <param name="read">How a field is read of one of them.</param>
    internal static (SegmentField Field, Expression Value) Of(
        Condition.Computed computed, ParameterExpression row, Expression rows, Func<SegmentField, Expression> read, string path)
    {
        var field = computed.Field is { Length: > 0 } named ? SegmentField.Find(row.Type, named, out _) : null;
        if (computed.Field is { Length: > 0 } && (field is null || field.Subject != row.Type))
        {
            throw new Refused(SegmentationErrors.UnknownField(path, computed.Field));
        }

        if (TypeOf(computed.Measure, field) is not { } type)
        {
            throw new Refused(SegmentationErrors.UnknownMeasure(path, $"{computed.Measure}", computed.Field ?? ""));
        }

        Expression value = computed.Measure switch
        {
            Measure.Count => Nullable(Expression.Call(typeof(Queryable), nameof(Queryable.Count), [row.Type], rows)),
            Measure.Distinct => Nullable(Distinct(row, rows, read(field!))),
            _ => Over(computed.Measure, row, rows, read(field!)),
        };
        var made = Expression.Parameter(row.Type, "made");
        return (new SegmentField(computed.Field ?? $"{computed.Measure}", "", type, Expression.Lambda(Expression.Default(value.Type), made)), value);
    }

    private static MethodCallExpression Distinct(ParameterExpression row, Expression rows, Expression value)
    {
        var filled = Expression.AndAlso(
            Expression.NotEqual(value, Expression.Constant(null, value.Type)), Expression.NotEqual(value, Expression.Constant("")));
        var kept = Expression.Call(typeof(Queryable), nameof(Queryable.Where), [row.Type], rows, Expression.Quote(Expression.Lambda(filled, row)));
        return Expression.Call(
            typeof(Queryable), nameof(Queryable.Count), [value.Type],
            Expression.Call(typeof(Queryable), nameof(Queryable.Distinct), [value.Type], Selected(row, kept, value)));
    }

    private static MethodCallExpression Over(Measure measure, ParameterExpression row, Expression rows, Expression value)
    {
        var wide = value.Type == typeof(int?) ? Expression.Convert(value, typeof(decimal?)) : value;
        var values = Selected(row, rows, wide);
        return measure switch
        {
            Measure.Sum => Expression.Call(typeof(Queryable), nameof(Queryable.Sum), null, values),
            Measure.Average => Expression.Call(typeof(Queryable), nameof(Queryable.Average), null, values),
            Measure.Highest => Expression.Call(typeof(Queryable), nameof(Queryable.Max), [wide.Type], values),
            _ => Expression.Call(typeof(Queryable), nameof(Queryable.Min), [wide.Type], values),
        };
    }

    private static MethodCallExpression Selected(ParameterExpression row, Expression rows, Expression value) => Expression.Call(
        typeof(Queryable), nameof(Queryable.Select), [row.Type, value.Type], rows, Expression.Quote(Expression.Lambda(value, row)));

    private static UnaryExpression Nullable(Expression number) => Expression.Convert(number, typeof(int?));
}
