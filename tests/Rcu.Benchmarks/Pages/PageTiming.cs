using System.Diagnostics;

namespace Rcu.Benchmarks.Pages;

/// <summary>How long pages take, beside the barest page of the same server asked over the same socket just before.</summary>
internal sealed class PageTiming(Visitor visitor, string name)
{
    /// <summary>What says that the process lives, and does nothing else.</summary>
    public const string Bare = "/health/live";

    private const string Reference = $"median of {Bare} of the same server, over the same socket";

    public async Task WarmAsync(IReadOnlyList<string> pages, CancellationToken ct)
    {
        foreach (var page in pages)
        {
            await visitor.OpenAsync(page, isFragment: false, ct);
        }
    }

    public async Task<Figure> MeasureAsync(Asking asked, CancellationToken ct)
    {
        await WarmAsync(asked.Before, ct);
        var bare = new List<double>();
        for (var n = 0; n < 50; n++)
        {
            bare.Add((await OpenAsync(Bare, isFragment: false, ct)).Milliseconds);
        }

        var found = new List<(double Milliseconds, long Bytes, string Page)>();
        foreach (var page in asked.Pages)
        {
            var (milliseconds, bytes) = await OpenAsync(page, asked.IsFragment, ct);
            found.Add((milliseconds, bytes, page));
        }

        found.Sort();
        bare.Sort();
        var (half, most, worst) = (found[found.Count / 2], found[found.Count * 95 / 100], found[^1]);
        if (most.Milliseconds > asked.Most)
        {
            await Console.Error.WriteLineAsync($"pages: {asked.Name}: {most.Milliseconds:0} ms {most.Page}; worst {worst.Milliseconds:0} ms {worst.Page}");
        }

        return new Figure(
            $"{name}.{asked.Name}.p95", most.Milliseconds,
            $"ms, {found.Count} pages; median {half.Milliseconds:0.0}, slowest {worst.Milliseconds:0}, {found.Average(one => one.Bytes) / 1_000:0.0} KB compressed",
            Reference, most.Milliseconds / bare[bare.Count / 2]).ValueAtMost(asked.Most, hard: false);
    }

    /// <summary>How many pages a second come when so many connections ask without a pause.</summary>
    public static async Task<double> PerSecondAsync(Visitor visitor, int connections, IReadOnlyList<string> pages, CancellationToken ct)
    {
        var (watch, asked, seconds) = (Stopwatch.StartNew(), 0, TimeSpan.FromSeconds(10));
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async first =>
        {
            for (var n = first; watch.Elapsed < seconds; n += connections)
            {
                await visitor.OpenAsync(pages[n % pages.Count], isFragment: false, ct);
                Interlocked.Increment(ref asked);
            }
        }));
        return asked / watch.Elapsed.TotalSeconds;
    }

    private async Task<(double Milliseconds, long Bytes)> OpenAsync(string page, bool isFragment, CancellationToken ct)
    {
        var start = Stopwatch.GetTimestamp();
        var bytes = await visitor.OpenAsync(page, isFragment, ct);
        return (Stopwatch.GetElapsedTime(start).TotalMilliseconds, bytes);
    }
}
