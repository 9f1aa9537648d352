namespace Rcu.Benchmarks.Pages;

/// <summary>Pages of one kind that are asked for, one after the other.</summary>
/// <param name="Most">How many milliseconds 95 of 100 may take.</param>
/// <param name="IsFragment">Asked as htmx does.</param>
internal sealed record Asking(string Name, double Most, IReadOnlyList<string> Pages, bool IsFragment = false)
{
    /// <summary>Pages of the same shape, opened before and not timed.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];
}
