using Rcu.Benchmarks;

// What can be measured. A name, or the first words of one, selects; with none, everything is measured.
Benchmark[] benchmarks =
[
    new(["import.rows_per_second", "import.again", "memory.import"], ImportBenchmark.RunAsync),
    new(["match.companies", "match.companies.flat", "match.companies.f1"], MatchBenchmark.RunAsync),
    new(["demo.load"], DemoLoadBenchmark.RunAsync),
    new(
        ["quality.accounts.f1", "quality.accounts.precision", "quality.contacts.recall", "quality.contacts.precision"],
        QualityBenchmark.RunAsync),
    new(["page.account", "page.accounts", "search", "segment.count"], PageBenchmark.RunAsync),
];

return await Bench.RunAsync(benchmarks, args);
