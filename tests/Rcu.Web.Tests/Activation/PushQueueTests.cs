using Rcu.Activation;
using Rcu.Jobs;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Activation;

/// <summary>Every tool is told by a job of its own: one that is slow or broken keeps nobody waiting.</summary>
public class PushQueueTests
{
    [Fact]
    public async Task The_pipeline_asks_for_a_push_to_each_tool_and_calls_none()
    {
        await using var bench = await ActivationBench.StartAsync(people: 2);
        Guid[] tools = [await bench.ConnectAsync(), await bench.ConnectAsync()];

        await bench.AskAllAsync();
        var asked = await bench.AskAllAsync();

        Assert.Equal(tools.Order(), asked.Select(run => run.Subject).Order());
        Assert.Empty(bench.Tool.Calls);
    }

    [Fact]
    public async Task A_tool_that_does_not_answer_holds_no_other_up()
    {
        await using var bench = await ActivationBench.StartAsync(people: 3);
        await using var slow = await FakeTool.StartAsync();
        var answers = new TaskCompletionSource();
        slow.ThenAfter(answers.Task).ThenAfter(answers.Task).ThenAfter(answers.Task);
        var (sick, well) = (await bench.ConnectAsync(tool: slow), await bench.ConnectAsync());
        await bench.RefreshAsync();
        var asked = (await bench.AskAllAsync()).ToDictionary(run => run.Subject, run => run.Id);
        var slots = new PushSlots();

        var waiting = bench.WorkAsync(asked[sick], slots);
        await bench.WorkAsync(asked[well], slots);

        Assert.False(waiting.IsCompleted);
        Assert.Equal(3, bench.Tool.Profiles.Count);
        answers.SetResult();
        await waiting;
        Assert.Equal(3, slow.Profiles.Count);
    }

    [Fact]
    public async Task A_push_asked_for_while_another_tells_the_tool_waits_for_its_turn()
    {
        await using var bench = await ActivationBench.StartAsync(people: 1);
        var answers = new TaskCompletionSource();
        bench.Tool.ThenAfter(answers.Task);
        await bench.ConnectAsync();
        await bench.RefreshAsync();
        var first = Assert.Single(await bench.AskAllAsync());
        var slots = new PushSlots();
        var going = bench.WorkAsync(first.Id, slots);
        while (bench.Tool.Calls.IsEmpty)
        {
            await Task.Yield();
        }

        var second = Assert.Single(await bench.AskAllAsync());
        await bench.WorkAsync(second.Id, slots);
        var meanwhile = await bench.RunAsync(second.Id);
        answers.SetResult();
        await going;
        await bench.WorkAsync(second.Id, slots);

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(RunStatus.Queued, meanwhile.Status);
        Assert.Equal(RunStatus.Succeeded, (await bench.RunAsync(second.Id)).Status);
        Assert.Single(bench.Tool.Calls);
    }

    [Fact]
    public void Tools_that_failed_take_few_of_the_places()
    {
        var slots = new PushSlots(most: 3, mostSick: 1);

        var sick = slots.Take(sick: true);
        Assert.NotNull(sick);
        Assert.Null(slots.Take(sick: true));
        Assert.NotNull(slots.Take(sick: false));
        Assert.NotNull(slots.Take(sick: false));
        Assert.Null(slots.Take(sick: false));
        sick.Dispose();
        sick.Dispose();
        Assert.NotNull(slots.Take(sick: true));
        Assert.Null(slots.Take(sick: false));
    }
}
