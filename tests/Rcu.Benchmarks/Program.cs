using System.Globalization;
using Rcu.Benchmarks;
using Rcu.Benchmarks.Activation;
using Rcu.Benchmarks.Counting;
using Rcu.Benchmarks.Generator;
using Rcu.Benchmarks.Ingestion;
using Rcu.Benchmarks.Lookup;
using Rcu.Benchmarks.Matching;
using Rcu.Benchmarks.Pages;
using Rcu.Matching;

// "generate Company 1000000 FILE.csv TRUTH.csv" writes a set to try things on.
if (args is ["generate", var kind, var rows, var file, var truth])
{
    GeneratedFile.Write(EngineRun.SetOf(Enum.Parse<EntityKind>(kind), long.Parse(rows, CultureInfo.InvariantCulture)), file, truth, CancellationToken.None);
    return 0;
}

// A run measured in a process of its own: a benchmark starts this program again.
if (args is [EngineRun.Verb, ..])
{
    EngineRun.Measure(args);
    return 0;
}

if (args is [IngestionRun.Verb, ..])
{
    await IngestionRun.MeasureAsync(args);
    return 0;
}

if (args is [LookupBenchmark.Verb, ..])
{
    LookupBenchmark.Measure(args);
    return 0;
}

// What can be measured. A name, or the first words of one, selects; with none, everything is measured.
Benchmark[] benchmarks =
[
    .. new IngestionBenchmark[] { new(100_000), new(1_000_000) }.Select(one => new Benchmark([one.Name], one.RunAsync)),
    new(["ingestion.wizard"], WizardBenchmark.RunAsync),
    .. new IngestionBenchmark[] { new(3_000_000), new(10_000_000) }.Select(one => new Benchmark([one.Name], one.RunAsync, OnDemand: true)),
    new(["match.companies", "match.companies.flat", "match.companies.f1"], MatchBenchmark.RunAsync),
    new([RegisterBenchmark.Name, $"{RegisterBenchmark.Name}.whole"], RegisterBenchmark.RunAsync),
    new(["demo.load"], DemoLoadBenchmark.RunAsync),
    new(
        ["quality.accounts.f1", "quality.accounts.precision", "quality.contacts.recall", "quality.contacts.precision"],
        QualityBenchmark.RunAsync),
    .. new HubMatchBenchmark[] { new(100_000, 1.5), new(1_000_000, 13) }.Select(hub => new Benchmark([hub.Name], hub.RunAsync)),
    new(["page.account", "page.accounts", "search", "segment.count"], PageBenchmark.RunAsync),
    .. new PagesBenchmark[] { new(100_000), new(1_000_000) }.Select(one => new Benchmark([one.Name], one.RunAsync, OnDemand: true)),
    .. new MergeBenchmark[] { new(100_000), new(1_000_000) }.Select(one => new Benchmark([one.Name], one.RunAsync, OnDemand: true)),
    new(["activation.push", "activation.limited", "activation.refused", "activation.sick"], ActivationBenchmark.RunAsync),
    new(["activation.delay"], IdleBenchmark.RunAsync),
    .. new SegmentsBenchmark[] { new(100_000), new(1_000_000) }.Select(one => new Benchmark([one.Name], one.RunAsync, OnDemand: true)),
    new(["matching.demo.accounts", "matching.demo.contacts"], DemoBenchmark.RunAsync),
    new(["matching.names"], RealNamesBenchmark.RunAsync),
    new([.. LabelledSet.All.Select(set => $"matching.sets.{set.Name}")], LabelledSetsBenchmark.RunAsync),
    .. new GeneratedBenchmark[]
    {
        new(EntityKind.Company, 100_000, runs: 1),
        new(EntityKind.Company, 1_000_000, runs: 3, seconds: 8, megabytes: 1_200),
        new(EntityKind.Person, 100_000, runs: 1),
        new(EntityKind.Person, 1_000_000, runs: 3, seconds: 8, megabytes: 1_200),
    }.Select(one => new Benchmark([one.Name], one.RunAsync)),
    .. new LookupBenchmark[] { new(100_000), new(1_000_000) }.Select(one => new Benchmark([one.Name], one.RunAsync)),
    .. new HttpLookupBenchmark[] { new(100_000), new(1_000_000) }.Select(one => new Benchmark([one.Name], one.RunAsync)),
    .. new GeneratedBenchmark[]
    {
        new(EntityKind.Company, 3_000_000, runs: 1, seconds: 30, megabytes: 3_000),
        new(EntityKind.Company, 5_000_000, runs: 1, seconds: 60, megabytes: 5_000),
        new(EntityKind.Person, 3_000_000, runs: 1, seconds: 30, megabytes: 3_000),
        new(EntityKind.Person, 5_000_000, runs: 1, seconds: 60, megabytes: 5_000),
    }.Select(one => new Benchmark([one.Name], one.RunAsync, OnDemand: true)),
];

return await Bench.RunAsync(benchmarks, args);
