namespace Rcu.Benchmarks;

/// <summary>One measured thing: the figures it gives, and how it measures them.</summary>
/// <param name="Figures">The figures by name; what is printed may add words to one, as in <c>search.p95</c>.</param>
/// <param name="OnDemand">Whether it is too long to be measured unless its figures are named in full.</param>
internal sealed record Benchmark(
    IReadOnlyList<string> Figures, Func<BenchData, CancellationToken, IAsyncEnumerable<Figure>> RunAsync, bool OnDemand = false)
{
    public bool IsSelected(IReadOnlyCollection<string> names) => OnDemand
        ? Figures.Any(figure => names.Any(name => Begins(name, figure)))
        : names.Count == 0 || Figures.Any(figure => names.Any(name => Begins(figure, name) || Begins(name, figure)));

    /// <summary>Whether a name is another, or other words added to it.</summary>
    public static bool Begins(string name, string start) =>
        name.StartsWith(start, StringComparison.Ordinal) && (name.Length == start.Length || name[start.Length] == '.');
}
