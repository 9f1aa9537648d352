using System.Text;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Jobs;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Ingestion;

/// <summary>An import that a person lets wait: what it read is kept, and nothing goes on before somebody says so.</summary>
public sealed class PauseTests
{
    private const int Rows = (IngestJob.BatchSize * 3) + 10;

    [Fact]
    public async Task A_pause_survives_a_restart_of_the_worker_and_no_row_is_lost_or_doubled()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var bench = await WorkerBench.CreateAsync(new HubDatabase(database.Owner, database.App));
        var rows = WorkerBench.Rows(7, 60_000);
        var run = await bench.ReceiveAsync(7, rows);
        using (var first = bench.StartWorker())
        {
            await bench.UntilAsync(run, first, async () => await bench.StagedAsync(run) >= IngestJob.BatchSize);
            await bench.DoAsync(imports => imports.PauseAsync(run, "léa", default));
            await bench.UntilAsync(run, first, async () => await bench.StateAsync(run) == "Paused 1");
            await first.KillAsync();
        }

        var staged = await bench.StagedAsync(run);
        using var second = bench.StartWorker();
        var other = await bench.ReceiveAsync(8, WorkerBench.Rows(8, 100));
        await bench.UntilEndedAsync(other, second); // it works, and leaves the paused one alone
        var waiting = (await bench.StateAsync(run), await bench.StagedAsync(run));
        await bench.DoAsync(imports => imports.ResumeAsync(run, "léa", default));
        await bench.UntilEndedAsync(run, second);

        Assert.InRange(staged, IngestJob.BatchSize, 60_000);
        Assert.Equal(("Paused 1", staged), waiting);
        Assert.Equal("Succeeded 2", await bench.StateAsync(run));
        Assert.Equal((0, 0), await bench.LostAndDoubledAsync(7, rows));
        await second.KillAsync();
        await bench.LeaveWhatFollowsAsync();
    }

    [Fact]
    public async Task A_pause_asked_while_it_works_takes_hold_after_the_batch()
    {
        await using var bench = await Workbench.CreateAsync();
        var run = await AtWorkAsync(bench);
        await DoAsync(bench, imports => imports.PauseAsync(run, "léa", default));

        await bench.RunAsync(run);
        var paused = await bench.ViewAsync(run);
        await bench.RunAsync(run);
        var still = await bench.ViewAsync(run);
        await DoAsync(bench, imports => imports.ResumeAsync(run, "léa", default));
        await bench.RunAsync(run);

        Assert.Equal((RunStatus.Paused, IngestJob.BatchSize * 2, false), (paused.Status, paused.Done, paused.PauseRequested));
        Assert.Equal((paused.Status, paused.Done), (still.Status, still.Done));
        Assert.InRange(paused.Total!.Value, IngestJob.BatchSize * 2, Rows * 2);
        var ended = await bench.ViewAsync(run);
        Assert.Equal((RunStatus.Succeeded, Rows, Rows), (ended.Status, ended.Done, ended[IngestJob.Counts.Inserted]));
        Assert.Equal(2, bench.Enqueued.Count(id => id == run));
    }

    [Fact]
    public async Task A_paused_import_that_is_stopped_keeps_nothing_and_begins_again_when_asked_for_again()
    {
        await using var bench = await Workbench.CreateAsync();
        var run = await AtWorkAsync(bench);
        await DoAsync(bench, imports => imports.PauseAsync(run, "léa", default));
        await bench.RunAsync(run);

        await DoAsync(bench, imports => imports.CancelAsync(run, "léa", default));
        var staged = await bench.QueryAsync("select count(*)::text as \"Value\" from staged_records");
        await using (var db = bench.Db())
        {
            await new RunHistory(db, TimeProvider.System).RequeueAsync(run, default);
        }

        await bench.RunAsync(run);

        Assert.Equal(["0"], staged);
        var ended = await bench.ViewAsync(run);
        Assert.Equal((RunStatus.Succeeded, Rows, Rows), (ended.Status, ended[IngestJob.Counts.Read], ended[IngestJob.Counts.Inserted]));
    }

    // One batch is there when the worker dies: the run stands as one at work.
    private static async Task<Guid> AtWorkAsync(Workbench bench)
    {
        var file = "Account ID,Account Name,SIRET,Billing City\n" + string.Concat(Enumerable.Range(1, Rows).Select(i => $"A{i},N{i},1,Metz\n"));
        var run = await bench.ReceiveAsync("crm_accounts.csv", Encoding.UTF8.GetBytes(file));
        var cut = new CutConnection("copy");
        await using var dying = bench.Db(cut);
        await Assert.ThrowsAnyAsync<Exception>(() => bench.Job(dying).RunAsync(run, default));
        Assert.Equal((RunStatus.Running, IngestJob.BatchSize), ((await bench.ViewAsync(run)).Status, (await bench.ViewAsync(run)).Done));
        return run;
    }

    private static async Task DoAsync(Workbench bench, Func<Imports, Task<Result<Guid>>> act)
    {
        await using var db = bench.Db();
        var done = await act(bench.Imports(db));
        Assert.True(done.Succeeded, done.Error?.Code);
    }
}
