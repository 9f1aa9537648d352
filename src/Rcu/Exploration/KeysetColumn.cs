using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Rcu.Exploration;

/// <summary>A column a list may be sorted on, read page by page from the last row seen. Rows without the value come last.</summary>
internal abstract class KeysetColumn<TEntity, TRow>
{
    /// <summary>The rows after <paramref name="after"/>, and where to go on; the cursor is null on the last page.</summary>
    /// <param name="source">What the filter finds.</param>
    /// <param name="whole">All that there is, to show what was found: which rows a page has is asked of indexes, as far as they go, and only these rows are read.</param>
    /// <param name="along">What the filter says of the rows that have a value, in words of the column, so that its index begins there.</param>
    public async Task<(IReadOnlyList<TRow> Rows, PageCursor? Next)> ReadAsync(
        IQueryable<TEntity> source, IQueryable<TEntity> whole, Expression<Func<TEntity, TRow>> shape, bool reversed, PageCursor? after, int size,
        CancellationToken ct, Expression<Func<TEntity, bool>>? along = null)
    {
        List<TRow> rows = [];
        if (after is not { Value: null })
        {
            rows = await KnownAsync(along is null ? source : source.Where(along), whole, shape, reversed, after, size + 1, ct);
        }

        if (rows.Count <= size)
        {
            var rest = Unknown(source, after is { Value: null } ? after.Id : null);
            rows.AddRange(await rest.Select(shape).Take(size + 1 - rows.Count).ToListAsync(ct));
        }

        return rows.Count <= size ? (rows, null) : (rows[..size], CursorAt(rows[size - 1]));
    }

    /// <summary>The rows just before and just after one of them, in the order of the list.</summary>
    public async Task<(TRow? Before, TRow? After)> AroundAsync(
        IQueryable<TEntity> source, Expression<Func<TEntity, TRow>> shape, bool reversed, TRow row, CancellationToken ct)
    {
        var here = CursorAt(row);
        var (next, _) = await ReadAsync(source, source, shape, reversed, here, 1, ct);
        var before = here.Value is null ? await UnknownBefore(source, here.Id).Select(shape).Take(1).ToListAsync(ct) : [];
        if (before.Count == 0)
        {
            before = await KnownAsync(source, source, shape, !reversed, here.Value is null ? null : here, 1, ct);
        }

        return (before is [var first, ..] ? first : default, next is [var following, ..] ? following : default);
    }

    // Those of the same value first: asked apart, an index begins at the very row, however many share the value.
    private async Task<List<TRow>> KnownAsync(
        IQueryable<TEntity> source, IQueryable<TEntity> whole, Expression<Func<TEntity, TRow>> shape, bool reversed, PageCursor? after, int count, CancellationToken ct)
    {
        var rows = Tied(source, reversed, after) is { } tied ? await ShownAsync(tied, count) : [];
        if (rows.Count < count)
        {
            rows.AddRange(await ShownAsync(Known(source, reversed, after), count - rows.Count));
        }

        return rows;

        Task<List<TRow>> ShownAsync(IQueryable<TEntity> found, int most) =>
            Sorted(Among(whole, found.Take(most)), reversed).Select(shape).ToListAsync(ct);
    }

    /// <summary>The rows of a whole that are among those found.</summary>
    protected abstract IQueryable<TEntity> Among(IQueryable<TEntity> whole, IQueryable<TEntity> found);

    /// <summary>In the order of the list.</summary>
    protected abstract IQueryable<TEntity> Sorted(IQueryable<TEntity> rows, bool reversed);

    /// <summary>The rows after the last one that share its value; null at the beginning of the list.</summary>
    protected abstract IQueryable<TEntity>? Tied(IQueryable<TEntity> source, bool reversed, PageCursor? after);

    /// <summary>The rows that have a value, beyond that of the last one.</summary>
    protected abstract IQueryable<TEntity> Known(IQueryable<TEntity> source, bool reversed, PageCursor? after);

    protected abstract IQueryable<TEntity> Unknown(IQueryable<TEntity> source, Guid? after);

    protected abstract IQueryable<TEntity> UnknownBefore(IQueryable<TEntity> source, Guid before);

    protected abstract PageCursor CursorAt(TRow row);
}

/// <param name="value">What the database sorts on; may be null.</param>
/// <param name="shown">The same on the row that is shown.</param>
/// <param name="knownId">The id beside the value in the index that serves it, when the value is another table's.</param>
/// <param name="descends">The natural order, in which ids break ties upwards: that of the index that serves it.</param>
internal sealed class KeysetColumn<TEntity, TRow, TValue>(
    Expression<Func<TEntity, TValue?>> value, Expression<Func<TEntity, Guid>> id,
    Func<TRow, TValue?> shown, Func<TRow, Guid> shownId, bool descends = false, Expression<Func<TEntity, Guid>>? knownId = null) : KeysetColumn<TEntity, TRow>
{
    private readonly ParameterExpression _row = value.Parameters[0];
    private readonly Expression _id = new Renamed(id.Parameters[0], value.Parameters[0]).Visit(id.Body);
    private readonly Expression<Func<TEntity, Guid>> _known = knownId ?? id;
    private readonly Expression _knownId = new Renamed((knownId ?? id).Parameters[0], value.Parameters[0]).Visit((knownId ?? id).Body);

    protected override IQueryable<TEntity>? Tied(IQueryable<TEntity> source, bool reversed, PageCursor? after)
    {
        if (Read(after) is not { } seen)
        {
            return null;
        }

        // Said of both tables: a join of the two then begins at the row in each.
        var sign = reversed ? ExpressionType.LessThan : ExpressionType.GreaterThan;
        var tied = source.Where(Where(Compare(ExpressionType.Equal, seen)))
            .Where(Where(Expression.MakeBinary(sign, _knownId, Of(seen, nameof(Seen.Id)))))
            .Where(Where(Expression.MakeBinary(sign, _id, Of(seen, nameof(Seen.Id)))));
        return reversed ? tied.OrderByDescending(_known) : tied.OrderBy(_known);
    }

    protected override IQueryable<TEntity> Known(IQueryable<TEntity> source, bool reversed, PageCursor? after)
    {
        var known = Read(after) is { } seen
            ? source.Where(Where(Compare(descends != reversed ? ExpressionType.LessThan : ExpressionType.GreaterThan, seen)))
            : source.Where(Where(Expression.NotEqual(value.Body, Expression.Constant(null, value.Body.Type))));
        return Sorted(known, reversed);
    }

    protected override IQueryable<TEntity> Among(IQueryable<TEntity> whole, IQueryable<TEntity> found)
    {
        var row = Expression.Parameter(typeof(TEntity), "one");
        return whole.Where(Expression.Lambda<Func<TEntity, bool>>(
            Expression.Call(typeof(Queryable), nameof(Queryable.Contains), [typeof(Guid)], found.Select(id).Expression, new Renamed(_row, row).Visit(_id)), row));
    }

    protected override IQueryable<TEntity> Sorted(IQueryable<TEntity> rows, bool reversed)
    {
        var sorted = descends == reversed ? rows.OrderBy(value) : rows.OrderByDescending(value);
        return reversed ? sorted.ThenByDescending(_known) : sorted.ThenBy(_known);
    }

    protected override IQueryable<TEntity> Unknown(IQueryable<TEntity> source, Guid? after)
    {
        var unknown = source.Where(Where(Expression.Equal(value.Body, Expression.Constant(null, value.Body.Type))));
        return (after is null ? unknown : unknown.Where(Where(Expression.GreaterThan(_id, Of(new Seen(default, after.Value), nameof(Seen.Id))))))
            .OrderBy(id);
    }

    protected override IQueryable<TEntity> UnknownBefore(IQueryable<TEntity> source, Guid before) =>
        source.Where(Where(Expression.Equal(value.Body, Expression.Constant(null, value.Body.Type))))
            .Where(Where(Expression.LessThan(_id, Of(new Seen(default, before), nameof(Seen.Id))))).OrderByDescending(id);

    protected override PageCursor CursorAt(TRow row) =>
        new(shown(row) is { } text ? JsonSerializer.Serialize(text) : null, shownId(row));

    // A cursor of another column, or made up by hand, begins the list again.
    private static Seen? Read(PageCursor? after)
    {
        try
        {
            return after?.Value is { } text ? new Seen(JsonSerializer.Deserialize<TValue>(text), after.Id) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private BinaryExpression Compare(ExpressionType sign, Seen seen)
    {
        var last = Of(seen, nameof(Seen.Value));
        return value.Body.Type == typeof(string)
            ? Expression.MakeBinary(
                sign, Expression.Call(typeof(string), nameof(string.Compare), null, value.Body, last), Expression.Constant(0))
            : Expression.MakeBinary(sign, value.Body, last.Type == value.Body.Type ? last : Expression.Convert(last, value.Body.Type));
    }

    private Expression<Func<TEntity, bool>> Where(Expression condition) => Expression.Lambda<Func<TEntity, bool>>(condition, _row);

    // A member of a captured object, so that the value is sent as a parameter and the query is compiled once.
    private static MemberExpression Of(Seen seen, string member) => Expression.Property(Expression.Constant(seen), member);

    private sealed record Seen(TValue? Value, Guid Id);

    private sealed class Renamed(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
