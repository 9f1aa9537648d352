using System.Runtime.CompilerServices;
using System.Text;

namespace Rcu.Benchmarks;

/// <summary>The demonstration's files through every stage, beside the same files merely copied into the database.</summary>
internal static class DemoLoadBenchmark
{
    private const string Reference = "raw binary COPY of the lines of the same files into an unindexed table";

    public static async IAsyncEnumerable<Figure> RunAsync(BenchData data, [EnumeratorCancellation] CancellationToken ct)
    {
        var demo = await data.DemoAsync(ct);

        // A workbook is one row: it has no lines.
        var lines = Directory.EnumerateFiles(demo.Folder).Order(StringComparer.Ordinal).SelectMany(file => file.EndsWith(".xlsx", StringComparison.Ordinal)
            ? [[Convert.ToBase64String(File.ReadAllBytes(file))]]
            : File.ReadLines(file, Encoding.Latin1).Select(line => new[] { line }));
        var copy = await RawCopy.SecondsAsync(demo.Hub, 1, lines, ct);
        foreach (var (stage, seconds) in demo.Seconds)
        {
            yield return new Figure($"demo.load.{stage.ToLowerInvariant()}", seconds, "s", Reference, seconds / copy);
        }

        var total = demo.Seconds.Values.Sum();
        yield return new Figure("demo.load.total", total, "s", Reference, total / copy).ValueAtMost(60, hard: false);
    }
}
