using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Rcu.Benchmarks.Generator;
using Rcu.Matching;
using Rcu.Matching.Text;

namespace Rcu.Benchmarks.Matching;

/// <summary>One more record looked up among many: how long one waits, and how many are answered in a second when they come in crowds.</summary>
internal sealed class LookupBenchmark(long rows)
{
    public const string Verb = "lookup-run";
    private const int Singles = 2_000;
    private const int Crowd = 10_000;

    /// <summary><c>matching.lookup.1m</c></summary>
    public string Name { get; } = rows >= 1_000_000 ? $"matching.lookup.{rows / 1_000_000}m" : $"matching.lookup.{rows / 1_000}k";

    public async IAsyncEnumerable<Figure> RunAsync(BenchData data, [EnumeratorCancellation] CancellationToken ct)
    {
        var set = EngineRun.SetOf(EntityKind.Company, rows);
        var file = Path.Combine(data.Folder, "lookup.csv");
        GeneratedFile.Write(set, file, Path.Combine(data.Folder, "lookup.truth.csv"), ct);
        var run = await OwnProcess.RunAsync<Measured>([Verb, rows.ToString(CultureInfo.InvariantCulture), file], ct);
        File.Delete(file);

        const string scan = "one name compared with every other, bare, on one thread";
        yield return new Figure($"{Name}.p50", run.P50, "ms", scan, run.P50 / run.Scan);
        yield return new Figure($"{Name}.p95", run.P95, "ms", scan, run.P95 / run.Scan).ValueAtMost(5, hard: false);
        yield return new Figure($"{Name}.per_second", run.PerSecond, "records/s in crowds, every core", scan, run.PerSecond * run.Scan / 1000).ValueAtLeast(2_000, hard: false);
        yield return new Figure($"{Name}.found", run.Found, "share of the first answers that are the right company");
    }

    /// <summary>The measured process itself.</summary>
    public static void Measure(string[] args)
    {
        var set = EngineRun.SetOf(EntityKind.Company, long.Parse(args[1], CultureInfo.InvariantCulture));
        var index = DedupeRun.Run(args[2], set.Kind, DedupeRun.FieldsOf(set), "id").Index;
        var columns = Enumerable.Range(0, set.Columns.Count).Where(column => set.Columns[column].Kind is not null).ToArray();
        var probes = Enumerable.Range(0, Crowd).Select(n => Probe(set, columns, n * 97_657L % set.Rows)).ToList();

        foreach (var probe in probes.Take(Singles))
        {
            index.Candidates(probe.Values);
        }

        var (times, right) = (new double[Singles], 0);
        for (var i = 0; i < Singles; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var found = index.Candidates(probes[i].Values);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            right += found.Count > 0 && set.EntityAt(found[0].Index) == probes[i].Entity ? 1 : 0;
        }

        Array.Sort(times);
        var watch = Stopwatch.StartNew();
        Parallel.ForEach(probes, probe => index.Candidates(probe.Values));
        var perSecond = Crowd / watch.Elapsed.TotalSeconds;
        Console.WriteLine(JsonSerializer.Serialize(new Measured(
            times[Singles / 2], times[Singles * 95 / 100], perSecond, right / (double)Singles, ScanMilliseconds(args[2], set))));
    }

    private static (string?[] Values, long Entity) Probe(GeneratedSet set, int[] columns, long row)
    {
        var cells = new string?[set.Columns.Count];
        var entity = set.FillAgain(row, cells);
        return ([.. columns.Select(column => cells[column])], entity);
    }

    private static double ScanMilliseconds(string file, GeneratedSet set)
    {
        var names = Floor.NamesOf(file, 2);
        var best = double.MaxValue;
        for (var time = 0; time < 5; time++)
        {
            var (watch, sum) = (Stopwatch.StartNew(), 0.0);
            foreach (var name in names)
            {
                sum += JaroWinkler.Similarity(names[time], name);
            }

            best = Math.Min(best, watch.Elapsed.TotalMilliseconds * set.Rows / names.Length);
            GC.KeepAlive(sum);
        }

        return best;
    }

    internal sealed record Measured(double P50, double P95, double PerSecond, double Found, double Scan);
}
