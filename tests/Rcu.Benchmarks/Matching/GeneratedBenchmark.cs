using System.Globalization;
using System.Runtime.CompilerServices;
using Rcu.Benchmarks.Generator;
using Rcu.Matching;

namespace Rcu.Benchmarks.Matching;

/// <summary>
/// The engine on generated companies or contacts, from a file to clusters: how long beside what cannot be avoided, in how much memory,
/// at what cost per record beside a small set, how right, and how many true pairs found for each kind of dirt.
/// </summary>
internal sealed class GeneratedBenchmark(EntityKind kind, long rows, int runs, double? seconds = null, double? megabytes = null)
{
    private const long SmallRows = 100_000;
    private readonly GeneratedSet _set = EngineRun.SetOf(kind, rows);

    /// <summary><c>matching.companies.1m</c></summary>
    public string Name { get; } = $"matching.{(kind is EntityKind.Company ? "companies" : "contacts")}.{SizeName(rows)}";

    public async IAsyncEnumerable<Figure> RunAsync(BenchData data, [EnumeratorCancellation] CancellationToken ct)
    {
        var (file, truth) = Write(data.Folder, _set, ct);
        var best = await BestAsync(_set, file, truth, runs, ct);
        var floor = await Floor.MeasureAsync(data, file, _set, best.Compared, ct);
        var run = new Figure($"{Name}.seconds", best.Seconds, "s from CSV to clusters", "bare read of the same CSV", best.Seconds / floor.CsvSeconds);
        yield return seconds is { } most ? run.ValueAtMost(most, hard: false) : run;
        yield return new Figure($"{Name}.seconds.copy_out", best.Seconds, "s", "bare COPY of the same rows out of PostgreSQL", best.Seconds / floor.CopySeconds);
        yield return new Figure(
            $"{Name}.seconds.comparisons", best.Seconds, "s", "bare bit-parallel Jaro-Winkler on as many pairs of names, every core", best.Seconds / floor.ComparisonSeconds);
        yield return new Figure($"{Name}.records_per_second", rows / best.Seconds, "records/s");
        yield return new Figure($"{Name}.compared", best.Compared, "pairs", "records", best.Compared / (double)rows);
        var peak = new Figure($"{Name}.peak", best.PeakMegabytes, "MB of resident memory at the peak");
        yield return megabytes is { } room ? peak.ValueAtMost(room, hard: false) : peak;
        if (rows > SmallRows)
        {
            var small = EngineRun.SetOf(kind, SmallRows);
            var (smallFile, smallTruth) = Write(data.Folder, small, ct);
            var few = await BestAsync(small, smallFile, smallTruth, runs, ct);
            yield return new Figure(
                $"{Name}.flat", best.Seconds / rows * 1e6, "µs per record", "per record at 100,000", best.Seconds / rows / (few.Seconds / SmallRows))
                .RatioAtMost(1.3);
        }

        yield return new Figure($"{Name}.what_if", best.WhatIfSeconds, "s to cluster again under another threshold", "the whole run", best.WhatIfSeconds / best.Seconds);
        foreach (var figure in Quality(best))
        {
            yield return figure;
        }

        File.Delete(file);
        File.Delete(truth);
    }

    private IEnumerable<Figure> Quality(EngineRun run)
    {
        yield return new Figure($"{Name}.pairs_f1", run.Pairs99.F1, "pairwise F1 at .99", "the same at .5", run.Pairs99.F1 / run.Pairs50.F1);
        yield return new Figure($"{Name}.pairs_precision", run.Pairs99.Precision, "share of the pairs at .99", "the same at .5", run.Pairs99.Precision / run.Pairs50.Precision);
        yield return new Figure($"{Name}.pairs_recall", run.Pairs99.Recall, "share of the true pairs at .99", "the same at .5", run.Pairs99.Recall / run.Pairs50.Recall);
        yield return new Figure($"{Name}.clusters_f1", run.Clusters.F1, "pairwise F1 of the clusters", "the same joined from .5 up", run.Clusters.F1 / run.Clusters50.F1).ValueAtLeast(kind is EntityKind.Company ? .98 : .93, hard: false);
        yield return new Figure($"{Name}.clusters_precision", run.Clusters.Precision, "share of the pairs in one cluster").ValueAtLeast(.99, hard: false);
        yield return new Figure($"{Name}.clusters_recall", run.Clusters.Recall, "share of the true pairs");
        foreach (var (dirt, recall) in run.Recall)
        {
            yield return new Figure($"{Name}.recall.{dirt}", recall, "share of the true pairs one of which bears it", "that of all", recall / run.Clusters.Recall);
        }
    }

    private static async Task<EngineRun> BestAsync(GeneratedSet set, string file, string truth, int runs, CancellationToken ct)
    {
        var all = new List<EngineRun>();
        for (var i = 0; i < runs; i++)
        {
            all.Add(await EngineRun.StartAsync(set, file, truth, ct));
        }

        return all.MinBy(run => run.Seconds)! with { PeakMegabytes = all.Max(run => run.PeakMegabytes) };
    }

    private static (string File, string Truth) Write(string folder, GeneratedSet set, CancellationToken ct)
    {
        var name = Path.Combine(folder, $"{set.Kind}_{set.Rows}");
        var (file, truth) = ($"{name}.csv", $"{name}.truth.csv");
        GeneratedFile.Write(set, file, truth, ct);
        return (file, truth);
    }

    private static string SizeName(long rows) =>
        rows >= 1_000_000 ? string.Create(CultureInfo.InvariantCulture, $"{rows / 1_000_000}m") : string.Create(CultureInfo.InvariantCulture, $"{rows / 1_000}k");
}
