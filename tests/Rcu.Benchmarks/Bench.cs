using Npgsql;
using Rcu.Data;

namespace Rcu.Benchmarks;

/// <summary>Runs what was asked for, one JSON line per figure on standard output. The exit code is 1 when a hard target is missed.</summary>
internal static class Bench
{
    private const int Misused = 2;

    public static async Task<int> RunAsync(IReadOnlyList<Benchmark> benchmarks, string[] args)
    {
        if (args.Contains("--list"))
        {
            foreach (var figure in benchmarks.SelectMany(benchmark => benchmark.Figures))
            {
                Console.WriteLine(figure);
            }

            return 0;
        }

        var selected = benchmarks.Where(benchmark => benchmark.IsSelected(args)).ToList();
        if (selected.Count == 0)
        {
            await Console.Error.WriteLineAsync($"rcu bench: no such figure: {string.Join(' ', args)}. --list shows them.");
            return Misused;
        }

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) => (pressed.Cancel, _) = (true, Task.Run(stop.Cancel));
        return await MeasureAsync(selected, args, stop.Token);
    }

    private static async Task<int> MeasureAsync(List<Benchmark> selected, string[] names, CancellationToken ct)
    {
        var home = LocalFolder.Home;
        var given = Environment.GetEnvironmentVariable("RCU_TEST_POSTGRES");
        var folder = string.IsNullOrEmpty(given) ? LocalFolder.ForPostgres(home, "bench") : "";
        await using var server = await LocalPostgres.StartAsync(given, folder, home, [], ct);
        var missed = 0;
        try
        {
            await using var data = new BenchData(server.ConnectionString) { Names = names };
            foreach (var benchmark in selected)
            {
                await foreach (var figure in benchmark.RunAsync(data, ct))
                {
                    if (data.Wants(figure.Id))
                    {
                        await Console.Out.WriteLineAsync(figure.ToJson());
                        missed += figure is { IsHard: true, Pass: false } ? 1 : 0;
                    }
                }
            }
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
        }

        return missed == 0 ? 0 : 1;
    }
}
