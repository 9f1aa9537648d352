using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Rcu.Benchmarks.Generator;
using Rcu.Matching;

namespace Rcu.Benchmarks.Matching;

/// <summary>One run of the engine on a generated file, in a process of its own so that peaks of memory do not mix.</summary>
internal sealed record EngineRun(
    double Seconds, double PeakMegabytes, long Compared, Shares Pairs99, Shares Pairs50, Shares Clusters, Shares Clusters50, double WhatIfSeconds,
    Dictionary<string, double> Recall)
{
    public const string Verb = "engine-run";
    private const ulong Seed = 20_261_122;
    private const int WarmRecords = 5_000;

    /// <summary>Starts a process that measures one run, and reads what it measured.</summary>
    public static Task<EngineRun> StartAsync(GeneratedSet set, string file, string truth, CancellationToken ct) => OwnProcess.RunAsync<EngineRun>(
        [Verb, set.Kind.ToString(), set.Rows.ToString(CultureInfo.InvariantCulture), file, truth], ct);

    /// <summary>The measured process itself.</summary>
    public static void Measure(string[] args)
    {
        var rows = long.Parse(args[2], CultureInfo.InvariantCulture);
        var set = SetOf(Enum.Parse<EntityKind>(args[1]), rows);

        // Compiling the program is no part of it: a small run first.
        Matcher.Run(new GeneratedRecords(SetOf(set.Kind, WarmRecords)), DedupeRun.Settings, []);
        GC.Collect();
        using var peak = new PeakMemory();
        var watch = Stopwatch.StartNew();
        var result = DedupeRun.Run(args[3], set.Kind, DedupeRun.FieldsOf(set), "id");
        var (seconds, bytes) = (watch.Elapsed.TotalSeconds, peak.Bytes);

        watch.Restart();
        var wider = result.WhatIf(DedupeRun.Settings with { AutoThreshold = .5 });
        var whatIf = watch.Elapsed.TotalSeconds;

        var (entities, dirt) = ReadTruth(args[4], (int)rows);
        var answer = new Answer(result, entities);
        var recall = answer.ByDirt(dirt).Select((count, kind) => (count, kind)).Where(one => one.count.Pairs > 0)
            .ToDictionary(one => GeneratedFile.NameOf(one.kind), one => (double)one.count.Found / one.count.Pairs);
        Console.WriteLine(JsonSerializer.Serialize(new EngineRun(
            seconds, bytes / 1048576.0, result.Blocking.Sum(rule => rule.Pairs), answer.Pairs(.99), answer.Pairs(.5), answer.Clusters(),
            new Answer(wider, entities).Clusters(), whatIf, recall)));
    }

    public static GeneratedSet SetOf(EntityKind kind, long rows) =>
        kind is EntityKind.Company ? new GeneratedCompanies(Seed, rows) : new GeneratedContacts(Seed, rows);

    private static (int[] Entities, ulong[] Dirt) ReadTruth(string path, int rows)
    {
        var kinds = Enumerable.Range(0, GeneratedFile.Kinds).ToDictionary(GeneratedFile.NameOf, kind => 1UL << kind);
        var (entities, dirt, row) = (new int[rows], new ulong[rows], 0);
        foreach (var line in File.ReadLines(path).Skip(1))
        {
            var cells = line.Split(',');
            entities[row] = int.Parse(cells[1], CultureInfo.InvariantCulture);
            foreach (var kind in cells[2].Split('|', StringSplitOptions.RemoveEmptyEntries))
            {
                dirt[row] |= kinds[kind];
            }

            row++;
        }

        return (entities, dirt);
    }
}
