using System.Runtime.CompilerServices;

namespace Rcu.Benchmarks.Ingestion;

/// <summary>An export of a CRM brought in by a worker: beside bare COPY of the same cells, and beside a hundred thousand rows of it.</summary>
internal sealed class IngestionBenchmark(int rows)
{
    private const string Reference = "bare binary COPY of the same rows into an unindexed table";
    private const int Few = 100_000;
    private const int MostMatched = 1_000_000;

    public string Name => rows >= 1_000_000 ? $"ingestion.{rows / 1_000_000}m" : $"ingestion.{rows / 1_000}k";

    public async IAsyncEnumerable<Figure> RunAsync(BenchData data, [EnumeratorCancellation] CancellationToken ct)
    {
        (double Copy, IngestionRun Seconds)? small = rows > Few ? await MeasureAsync(data, Few, matches: false, ct) : null;
        var run = await MeasureAsync(data, rows, matches: rows <= MostMatched, ct);
        yield return new Figure($"{Name}.landing", run.Seconds.Landing, "s from the file to evidence and clean records", Reference, run.Copy / run.Seconds.Landing).RatioAtLeast(.35);
        if (run.Seconds.Matching is { } matching)
        {
            var all = run.Seconds.Landing + run.Seconds.Cleaning + matching;
            yield return new Figure($"{Name}.all", all, "s to land, clean and match, names and addresses included", Reference, run.Copy / all).RatioAtLeast(.12);
        }

        yield return new Figure($"{Name}.cleaning", run.Seconds.Cleaning, "s for the stage that cleans what was not cleaned on its way");
        yield return new Figure($"{Name}.again", run.Seconds.Again, "s", "the first import of the same file", run.Seconds.Landing / run.Seconds.Again).RatioAtLeast(3);
        yield return new Figure($"{Name}.memory", run.Seconds.PeakMegabytes, "MB at most, landing and cleaning").ValueAtMost(300, hard: true);
        if (small is { } few)
        {
            var (row, before) = ((run.Seconds.Landing + run.Seconds.Cleaning) / rows, (few.Seconds.Landing + few.Seconds.Cleaning) / Few);
            yield return new Figure($"{Name}.flat", row * 1e6, "µs for a row to land and be clean", $"a row of {Few}", row / before).RatioAtMost(1.3);
        }
    }

    private static async Task<(double Copy, IngestionRun Seconds)> MeasureAsync(BenchData data, int rows, bool matches, CancellationToken ct)
    {
        var file = await CrmExport.WriteAsync(data.Folder, rows, ct);
        await using var hub = await data.NewHubAsync(ct);
        var copy = await RawCopy.SecondsAsync(hub, CrmExport.ColumnCount, CrmExport.Cells(rows), ct);
        var run = await IngestionRun.StartAsync(hub, data.Folder, file, matches, ct);
        File.Delete(file);
        return (copy, run);
    }
}
