using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using Rcu.Customers;
using Rcu.Identifiers;

namespace Rcu.Segmentation;

// One field against its values. Each comparison is true or false, never unknown, so that NOT means the same in SQL and in memory.
[SuppressMessage("Performance", "CA1859", Justification = "Comparisons are expressions, whatever their node.")]
internal static class FieldComparison
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
    private static readonly MethodInfo ToLower = typeof(string).GetMethod(nameof(string.ToLower), [])!;

    public static Expression Build(SegmentField field, Expression value, Condition.Compare compare, DateTimeOffset now, string path) =>
        compare.Operator switch
        {
            Operator.Empty => Missing(field, value),
            Operator.Filled => Expression.Not(Missing(field, value)),
            Operator.IsNot or Operator.NoneOf => Expression.Not(OneOf(field, value, compare, path)),
            Operator.NotInLastDays => Expression.Not(Recent(field, value, compare, now, path)),
            Operator.InLastDays => Recent(field, value, compare, now, path),
            Operator.Is or Operator.OneOf => OneOf(field, value, compare, path),
            Operator.Contains => Text(field, value, nameof(string.Contains), compare, path),
            Operator.StartsWith => Text(field, value, nameof(string.StartsWith), compare, path),
            Operator.Between => Expression.AndAlso(
                Ordered(field, value, Expression.GreaterThanOrEqual, compare, compare.Values[0], path, dayAfter: false),
                Upper(field, value, compare, compare.Values[1], path)),
            Operator.AtLeast => Ordered(field, value, Expression.GreaterThanOrEqual, compare, compare.Values[0], path, dayAfter: false),
            Operator.AtMost => Ordered(field, value, Expression.LessThanOrEqual, compare, compare.Values[0], path, dayAfter: false),
            Operator.Above => Ordered(field, value, Expression.GreaterThan, compare, compare.Values[0], path, dayAfter: false),
            Operator.Below or Operator.Before => Ordered(field, value, Expression.LessThan, compare, compare.Values[0], path, dayAfter: false),
            Operator.After => After(field, value, compare, path),
            Operator.MoreThanDaysAgo => Known(value, Expression.LessThan(value, Bound(field, Today(now).AddDays(-Days(compare, path))))),
            Operator.InNextDays => Known(value, Expression.AndAlso(
                Expression.GreaterThanOrEqual(value, Bound(field, Today(now))),
                Expression.LessThan(value, Bound(field, Today(now).AddDays(Days(compare, path) + 1))))),
            Operator.AnniversaryThisMonth => Known(value, Expression.Equal(
                Expression.Property(Expression.Property(value, "Value"), nameof(DateOnly.Month)), Parameter(Today(now).Month, typeof(int)))),
            _ => throw new Refused(SegmentationErrors.UnknownOperator(path, compare.Field, $"{compare.Operator}")),
        };

    /// <summary>A value that reaches SQL as a parameter, never as text.</summary>
    public static Expression Parameter(object? value, Type type)
    {
        var held = typeof(Held<>).MakeGenericType(type);
        var holder = Activator.CreateInstance(held);
        held.GetProperty(nameof(Held<>.Value))!.SetValue(holder, value);
        return Expression.Property(Expression.Constant(holder), nameof(Held<>.Value));
    }

    private static Expression Missing(SegmentField field, Expression value) => field.Type switch
    {
        FieldType.List => Expression.OrElse(
            Null(value), Expression.Equal(Expression.Property(value, nameof(List<string>.Count)), Expression.Constant(0))),
        FieldType.Text or FieldType.PostalCode => Expression.OrElse(Null(value), Expression.Equal(value, Expression.Constant(""))),
        FieldType.Belongs => Expression.Not(Expression.Call(typeof(Queryable), nameof(Queryable.Any), [typeof(Guid)], value)),
        _ => Null(value),
    };

    private static Expression OneOf(SegmentField field, Expression value, Condition.Compare compare, string path)
    {
        switch (field.Type)
        {
            case FieldType.Text or FieldType.PostalCode:
                var texts = compare.Values.Select(v => v.Trim().ToLower(CultureInfo.CurrentCulture)).ToList();
                return Known(value, In(Expression.Call(value, ToLower), texts));
            case FieldType.Siren:
                var sirens = compare.Values.Select(v => Siren.TryParse(v, null, out var siren) ? siren : throw Bad(compare, v, path)).ToList();
                return Known(value, In(value, sirens));
            case FieldType.Key:
                var keys = compare.Values.Select(v => Guid.TryParse(v, out var key) ? (Guid?)key : throw Bad(compare, v, path)).ToList();
                return Known(value, In(value, keys));
            case FieldType.Belongs:
                var groups = compare.Values.Select(v => Guid.TryParse(v, out var group) ? group : throw Bad(compare, v, path)).ToList();
                var one = Expression.Parameter(typeof(Guid), "g");
                return Expression.Call(typeof(Queryable), nameof(Queryable.Any), [typeof(Guid)], value, Expression.Quote(Expression.Lambda(In(one, groups), one)));
            case FieldType.List:
                return Known(value, compare.Values
                    .Select(Expression (v) => Expression.Call(
                        typeof(Enumerable), nameof(Enumerable.Contains), [typeof(string)], value, Parameter(v.Trim(), typeof(string))))
                    .Aggregate(Expression.OrElse));
            case FieldType.Flag:
                return bool.TryParse(compare.Values[0], out var flag)
                    ? Expression.Equal(value, Parameter(flag, typeof(bool)))
                    : throw Bad(compare, compare.Values[0], path);
            default:
                return compare.Values.Select(Expression (v) => Expression.Equal(value, Typed(field, value.Type, compare, v, path)))
                    .Select(equal => Known(value, equal)).Aggregate(Expression.OrElse);
        }
    }

    private static Expression In<T>(Expression value, List<T> values) => values.Count == 1
        ? Expression.Equal(value, Parameter(values[0], typeof(T)))
        : Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [typeof(T)], Parameter(values, typeof(List<T>)), value);

    private static Expression Text(SegmentField field, Expression value, string method, Condition.Compare compare, string path)
    {
        var folded = field.Type is FieldType.Words;
        var sought = folded ? SearchText.Fold(compare.Values[0]) : compare.Values[0].Trim().ToLower(CultureInfo.CurrentCulture);
        return sought.Length == 0
            ? throw new Refused(SegmentationErrors.ValueCount(path, compare.Field))
            : Known(value, Expression.Call(folded ? value : Expression.Call(value, ToLower), method, null, Parameter(sought, typeof(string))));
    }

    private static Expression Recent(SegmentField field, Expression value, Condition.Compare compare, DateTimeOffset now, string path)
    {
        var since = Today(now).AddDays(-Days(compare, path));
        return Known(value, Expression.GreaterThanOrEqual(value, Bound(field, since)));
    }

    private static int Days(Condition.Compare compare, string path) =>
        int.TryParse(compare.Values[0], NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= 36_500
            ? days
            : throw Bad(compare, compare.Values[0], path);

    private static DateOnly Today(DateTimeOffset now) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Paris).DateTime);

    // Days are whole: « après le 3 » begins on the 4th, « entre le 1er et le 3 » holds all of the 3rd.
    private static Expression After(SegmentField field, Expression value, Condition.Compare compare, string path) =>
        Ordered(field, value, Expression.GreaterThanOrEqual, compare, compare.Values[0], path, dayAfter: true);

    private static Expression Upper(SegmentField field, Expression value, Condition.Compare compare, string text, string path) =>
        field.Type is FieldType.Date or FieldType.Moment
            ? Ordered(field, value, Expression.LessThan, compare, text, path, dayAfter: true)
            : Ordered(field, value, Expression.LessThanOrEqual, compare, text, path, dayAfter: false);

    private static Expression Ordered(
        SegmentField field,
        Expression value,
        Func<Expression, Expression, Expression> order,
        Condition.Compare compare,
        string text,
        string path,
        bool dayAfter)
    {
        if (field.Type is not (FieldType.Date or FieldType.Moment))
        {
            return Known(value, order(value, Typed(field, value.Type, compare, text, path)));
        }

        return Dates.TryParse(text, out var day)
            ? Known(value, order(value, Bound(field, dayAfter ? day.AddDays(1) : day)))
            : throw Bad(compare, text, path);
    }

    private static Expression Bound(SegmentField field, DateOnly day)
    {
        if (field.Type is FieldType.Date)
        {
            return Parameter(day, typeof(DateOnly?));
        }

        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return Parameter(new DateTimeOffset(midnight, Paris.GetUtcOffset(midnight)).ToUniversalTime(), typeof(DateTimeOffset?));
    }

    private static Expression Typed(SegmentField field, Type type, Condition.Compare compare, string text, string path)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsEnum)
        {
            return Enum.GetNames(plain).Contains(text) && Enum.TryParse(plain, text, out var choice)
                ? Parameter(choice, type)
                : throw Bad(compare, text, path);
        }

        var compact = string.Concat(text.Where(c => !char.IsWhiteSpace(c))).Replace(',', '.');
        if (!decimal.TryParse(compact, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || Math.Abs(number) > 1_000_000_000_000m
            || (plain == typeof(int) && (number != Math.Truncate(number) || Math.Abs(number) > int.MaxValue)))
        {
            throw Bad(compare, text, path);
        }

        return Parameter(plain == typeof(int) ? (object)(int)number : number, type);
    }

    private static Expression Known(Expression value, Expression holds) => IsAlwaysKnown(value) ? holds : Expression.AndAlso(Expression.Not(Null(value)), holds);

    // How many there are, and what they add up to, is known of no rows too: asked once more, it would be computed twice.
    private static bool IsAlwaysKnown(Expression value) => value is
        MethodCallExpression { Method.Name: nameof(Queryable.Sum) } or UnaryExpression { NodeType: ExpressionType.Convert, Operand: MethodCallExpression { Method.Name: nameof(Queryable.Count) } };

    private static Expression Null(Expression value) => Expression.Equal(value, Expression.Constant(null, value.Type));

    private static Refused Bad(Condition.Compare compare, string value, string path) =>
        new(SegmentationErrors.BadValue(path, compare.Field, value.Length > 60 ? value[..60] : value));

    private sealed class Held<T>
    {
        public T? Value { get; set; }
    }

    private static class Dates
    {
        private static readonly string[] Formats = ["yyyy-MM-dd", "dd/MM/yyyy", "d/M/yyyy"];

        public static bool TryParse(string text, out DateOnly day) =>
            DateOnly.TryParseExact(text.Trim(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out day) && day.Year is > 1000 and < 9000;
    }
}
