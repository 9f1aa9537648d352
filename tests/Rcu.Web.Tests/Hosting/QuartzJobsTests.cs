using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Data;
using Rcu.Jobs;
using Rcu.Web.Commands;
using Rcu.Web.Hosting;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Hosting;

public class QuartzJobsTests
{
    [Fact]
    public async Task A_run_that_is_asked_for_is_done_in_the_background()
    {
        await using var hub = await TestHub.StartAsync(works: true);

        var run = await EndedAsync(hub, await AskAsync(hub));

        Assert.Equal(RunStatus.Succeeded, run.Status);
        Assert.Equal(1, run.Attempt);
    }

    [Fact]
    public async Task A_hub_that_lives_on_another_day_does_its_work_too()
    {
        var clock = new ShiftedClock();
        clock.Set(new DateTimeOffset(2025, 6, 30, 18, 0, 0, TimeSpan.Zero));
        await using var hub = await TestHub.StartAsync(works: true, clock);

        Assert.Equal(RunStatus.Succeeded, (await EndedAsync(hub, await AskAsync(hub))).Status);
    }

    [Fact]
    public async Task A_run_that_killed_three_workers_is_parked_until_a_person_asks_for_it_again()
    {
        await using var hub = await TestHub.StartAsync();
        await using var scope = hub.Services.CreateAsyncScope();
        var ledger = scope.ServiceProvider.GetRequiredService<RunLedger>();
        var run = await scope.ServiceProvider.GetRequiredService<PipelineRuns>().RequestAsync("test", default);

        Assert.True(await ledger.MayStartAsync(run.Id, afterDeath: false, default));
        Assert.True(await ledger.MayStartAsync(run.Id, afterDeath: true, default));
        Assert.True(await ledger.MayStartAsync(run.Id, afterDeath: true, default));
        Assert.False(await ledger.MayStartAsync(run.Id, afterDeath: true, default));

        Assert.Equal((RunStatus.Failed, "run.parked"), await StateAsync(hub, run.Id));
        Assert.True((await scope.ServiceProvider.GetRequiredService<RunRetries>().RetryAsync(run.Id, default)).Succeeded);
        Assert.True(await ledger.MayStartAsync(run.Id, afterDeath: true, default));
    }

    [Fact]
    public async Task A_failure_waits_for_its_next_try_and_the_last_one_ends_the_run()
    {
        await using var hub = await TestHub.StartAsync();
        await using var scope = hub.Services.CreateAsyncScope();
        var ledger = scope.ServiceProvider.GetRequiredService<RunLedger>();
        var run = await scope.ServiceProvider.GetRequiredService<PipelineRuns>().RequestAsync("test", default);

        await ledger.FailedAsync(run.Id, "The tool is down.", last: false, default);
        Assert.Equal((RunStatus.Queued, "The tool is down."), await StateAsync(hub, run.Id));

        await ledger.FailedAsync(run.Id, "The tool is down.", last: true, default);
        Assert.Equal((RunStatus.Failed, "The tool is down."), await StateAsync(hub, run.Id));
    }

    [Fact]
    public async Task A_run_cancelled_while_it_waited_never_starts()
    {
        await using var hub = await TestHub.StartAsync();
        await using var scope = hub.Services.CreateAsyncScope();
        var run = await scope.ServiceProvider.GetRequiredService<PipelineRuns>().RequestAsync("test", default);
        var db = scope.ServiceProvider.GetRequiredService<RcuDb>();
        await db.Runs.Where(r => r.Id == run.Id).ExecuteUpdateAsync(r => r.SetProperty(x => x.CancelRequested, true));

        Assert.False(await scope.ServiceProvider.GetRequiredService<RunLedger>().MayStartAsync(run.Id, afterDeath: false, default));
        Assert.Equal(RunStatus.Cancelled, (await StateAsync(hub, run.Id)).Status);
    }

    private static async Task<(RunStatus Status, string? Failure)> StateAsync(TestHub hub, Guid id)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        var run = await scope.ServiceProvider.GetRequiredService<RunHistory>().FindAsync(id, default);
        return (run!.Status, run.Failure);
    }

    private static async Task<Guid> AskAsync(TestHub hub)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<PipelineRuns>().RequestAsync("test", default)).Id;
    }

    private static async Task<Run> EndedAsync(TestHub hub, Guid id)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            await using var scope = hub.Services.CreateAsyncScope();
            var run = await scope.ServiceProvider.GetRequiredService<RunHistory>().FindAsync(id, patience.Token);
            if (run!.HasEnded)
            {
                return run;
            }

            await Task.Delay(100, patience.Token);
        }
    }
}
