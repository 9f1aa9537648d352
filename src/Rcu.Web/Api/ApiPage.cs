namespace Rcu.Web.Api;

/// <summary>One page of a list: what to show of it, and the cursor that asks for the next one.</summary>
internal sealed record ApiPage<T>(IReadOnlyList<T> Data, string? NextCursor)
{
    public bool HasMore => NextCursor is not null;
}

/// <summary>How long a page of the API is.</summary>
internal static class ApiPage
{
    public const int Usual = 50;
    public const int Longest = 200;

    public static int Size(int? limit) => Math.Clamp(limit ?? Usual, 1, Longest);

    /// <summary>A page of rows read with one more than asked, whose cursor is the id of the last one.</summary>
    public static ApiPage<TView> Of<TRow, TView>(IReadOnlyList<TRow> rows, int size, Func<TRow, TView> view, Func<TRow, Guid> id) => new(
        [.. rows.Take(size).Select(view)],
        rows.Count > size ? id(rows[size - 1]).ToString() : null);
}
