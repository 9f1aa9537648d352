using System.Text.Json;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Web.Tests.Support;
using Xunit.Abstractions;

namespace Rcu.Web.Tests.Ingestion;

/// <summary>A worker is killed in the middle of an import: another one ends it, and no row is lost or doubled.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Rows = 30_000;
    private const int ManySeeds = 30;
    private const int FewSeeds = 3;

    [Fact]
    public async Task A_worker_killed_in_the_middle_of_an_import_loses_no_row_and_doubles_none()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var bench = await WorkerBench.CreateAsync(new HubDatabase(database.Owner, database.App));
        var isLong = Environment.GetEnvironmentVariable("RCU_TEST_LONG") is "1";
        var (lost, doubled) = (0, 0);
        for (var seed = 1; seed <= (isLong ? ManySeeds : FewSeeds); seed++)
        {
            var rows = WorkerBench.Rows(seed, Rows);
            await KillOnceAsync(bench, seed, rows);
            var found = await bench.LostAndDoubledAsync(seed, rows);
            (lost, doubled) = (lost + found.Lost, doubled + found.Doubled);
        }

        if (isLong)
        {
            output.WriteLine(JsonSerializer.Serialize(new { id = "R01", figure = $"rows lost, {ManySeeds} kills", value = lost, target = 0, pass = lost == 0 }));
            output.WriteLine(JsonSerializer.Serialize(new { id = "R01", figure = $"rows doubled, {ManySeeds} kills", value = doubled, target = 0, pass = doubled == 0 }));
        }

        Assert.Equal((0, 0), (lost, doubled));
        Assert.Equal(0L, await bench.AskAsync<long>("select count(*) from staged_records"));
    }

    private static async Task KillOnceAsync(WorkerBench bench, int seed, List<string> rows)
    {
        var run = await bench.ReceiveAsync(seed, rows);

        // The turn of the source is held meanwhile: whenever the worker dies, its run has not ended.
        await using (var turn = await bench.HoldTurnAsync(run))
        {
            using var first = bench.StartWorker();
            var batches = 1 + ((seed - 1) % (Rows / IngestJob.BatchSize));
            await bench.UntilAsync(run, first, async () => await bench.StagedAsync(run) >= batches * IngestJob.BatchSize);
            await first.KillAsync();
        }

        Assert.Equal("Running 1", await bench.StateAsync(run));

        using var second = bench.StartWorker();
        await bench.UntilEndedAsync(run, second);

        Assert.Equal("Succeeded 2", await bench.StateAsync(run));
        Assert.Equal(1L, await bench.AskAsync<long>("select count(*) from quartz.worker_deaths where run_id = $1", run));
        await second.KillAsync();
        await bench.LeaveWhatFollowsAsync();
    }
}
