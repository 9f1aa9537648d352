using System.Text.Json;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Web.Tests.Support;
using Xunit.Abstractions;

namespace Rcu.Web.Tests.Ingestion;

/// <summary>PostgreSQL crashes and comes back in the middle of an import: the same worker goes on, and no row is lost or doubled.</summary>
public sealed class RestartTests(ITestOutputHelper output)
{
    private const int RowsOfOne = 60_000;
    private const int CrashesOfOne = 3;
    private const int FewRestarts = 3;
    private const int ManyRestarts = 30;

    private static readonly TimeSpan Ours = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_PostgreSQL_that_crashes_in_the_middle_of_an_import_costs_no_row_and_no_human_step()
    {
        var home = Path.Combine(TestServer.Root, ".rcu");
        var folder = LocalFolder.ForPostgres(home, $"crash-{Guid.CreateVersion7():n}");
        await using (var postgres = await LocalPostgres.StartAsync(null, folder, home, ["fsync=off"], default))
        {
            var database = await HubDatabase.CreateAsync(postgres.ConnectionString, "rcu_crash", null, default);
            await Migrator.MigrateAsync(database.Owner, HubDatabase.AppRole, default);
            await using var bench = await WorkerBench.CreateAsync(database);
            var isLong = Environment.GetEnvironmentVariable("RCU_TEST_LONG") is "1";
            await CrashAsync(bench, postgres, isLong ? ManyRestarts : FewRestarts, isLong);
        }

        Directory.Delete(folder, recursive: true);
    }

    private async Task CrashAsync(WorkerBench bench, LocalPostgres postgres, int restarts, bool isLong)
    {
        var (seed, lost, doubled, slowest) = (0, 0, 0, TimeSpan.Zero);
        using var worker = bench.StartWorker();
        while (seed * CrashesOfOne < restarts)
        {
            var rows = WorkerBench.Rows(++seed, RowsOfOne);
            var run = await bench.ReceiveAsync(seed, rows);

            // The turn of the source is held: whenever PostgreSQL crashes, the run has not ended. While rows arrive, when all
            // are there, and while they become evidence.
            foreach (var (staged, promotes) in new[] { (IngestJob.BatchSize, false), (RowsOfOne, false), (RowsOfOne, true) })
            {
                var turn = await bench.HoldTurnAsync(run);
                await bench.UntilAsync(run, worker, async () => await bench.StagedAsync(run) >= staged);
                var before = await bench.AttemptAsync(run);
                if (promotes)
                {
                    await turn.CloseAsync();
                }

                await postgres.CrashAsync(default);
                bench.ForgetConnections();
                var back = TimeProvider.System.GetTimestamp();
                await bench.UntilAsync(run, worker, async () => await bench.AttemptAsync(run) > before || await bench.HasEndedAsync(run));
                var took = TimeProvider.System.GetElapsedTime(back);
                slowest = took > slowest ? took : slowest;
            }

            await bench.UntilEndedAsync(run, worker);
            Assert.StartsWith("Succeeded", await bench.StateAsync(run), StringComparison.Ordinal);
            var found = await bench.LostAndDoubledAsync(seed, rows);
            (lost, doubled) = (lost + found.Lost, doubled + found.Doubled);
            if (seed == 1)
            {
                await bench.UntilAsync(run, worker, () => bench.AskAsync<bool>("select exists (select from runs where stage = 'Pipeline')"));
                await CrashWhatFollowsAsync(bench, postgres, worker);
            }

            await bench.LeaveWhatFollowsAsync();
        }

        output.WriteLine(JsonSerializer.Serialize(new { id = "R04", figure = $"rows lost, {restarts} crashes of PostgreSQL", value = lost, target = 0, pass = lost == 0 }));
        output.WriteLine(JsonSerializer.Serialize(new { id = "R04", figure = "slowest return to work, s", value = slowest.TotalSeconds, target = Ours.TotalSeconds, pass = slowest <= Ours }));
        Assert.Equal((0, 0), (lost, doubled));
        Assert.Equal(0L, await bench.AskAsync<long>("select count(*) from staged_records"));
    }

    // While records are joined, and while accounts are made of them: each ends in one account, which is there.
    private static async Task CrashWhatFollowsAsync(WorkerBench bench, LocalPostgres postgres, WorkerProcess worker)
    {
        var run = await bench.AskAsync<Guid>("select id from runs where stage = 'Pipeline' order by queued_at desc limit 1");
        foreach (var stage in new[] { "Resolution", "Unification" })
        {
            await bench.UntilAsync(run, worker, async () => await bench.AskAsync<bool>("select coalesce(cursor, '') = $2 and status = 'Running' or status = 'Succeeded' from runs where id = $1", run, stage));
            Assert.False(await bench.HasEndedAsync(run), $"too early for {stage}");
            await postgres.CrashAsync(default);
            bench.ForgetConnections();
        }

        await bench.UntilAsync(run, worker, async () => (await bench.StateAsync(run)).StartsWith("Succeeded", StringComparison.Ordinal));
        Assert.Equal(
            $"{RowsOfOne} {RowsOfOne} 0 0 0",
            await bench.AskAsync<string>(
                """
                select concat_ws(' ', (select count(*) from records), (select count(*) from links where kind = 'Account'),
                  (select count(*) from links l where kind = 'Account' and not exists (select from accounts a where a.id = l.cluster_id)),
                  (select count(*) from accounts a where not exists (select from links l where l.cluster_id = a.id)),
                  (select count(*) from stale_clusters))
                """));
    }
}
