using Microsoft.EntityFrameworkCore;
using Rcu.Activation;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Activation;

/// <summary>
/// Many profiles that change many times, towards a tool that fails in every way, by a worker that dies: the tool never goes back to
/// an older state, ends in the last one, and takes nothing twice.
/// </summary>
public class OrderTests
{
    [Fact]
    public async Task Whatever_fails_no_older_state_comes_after_a_newer_one_and_the_last_one_holds()
    {
        var (profiles, changes) = (Environment.GetEnvironmentVariable("RCU_TEST_LONG") is "1") ? (50, 40) : (20, 10);
        await using var bench = await ActivationBench.StartAsync(profiles);
        var destination = await bench.ConnectAsync();
        var answers = new Answers(bench.People.Select(p => p.Id), seed: 7);
        bench.Tool.Judge = answers.Of;

        for (var version = 1; version <= changes; version++)
        {
            await bench.SayAsync($"v{version:000}");
            await WithDeathsAsync(bench, destination, answers, dies: version % 3 == 0);
            bench.Clock.Advance(TimeSpan.FromMinutes(version % 4));
        }

        bench.Tool.Judge = null;
        for (var i = 0; i < 3; i++)
        {
            bench.Clock.Advance(TimeSpan.FromHours(9));
            await using var db = bench.Open();
            await bench.On(db).ResendAsync(destination, null, "test", default);
            await bench.PushAsync(destination);
        }

        var taken = bench.Tool.Taken.Select(call => (call.Profile, Version: VersionOf(call))).ToList();
        Assert.All(taken.GroupBy(t => t.Profile), one => Assert.Equal(one.Select(t => t.Version).Order(StringComparer.Ordinal), one.Select(t => t.Version)));
        Assert.All(bench.People, person => Assert.Equal($"v{changes:000}", bench.Tool.Profiles[person.Id].GetProperty("job_title").GetString()));
        Assert.Equal(profiles, bench.Tool.Profiles.Count);
        Assert.Equal(taken.Count, taken.Distinct().Count());
        Assert.True(answers.Failed > profiles, "the tool did fail");
        await using var after = bench.Open();
        Assert.False(await after.Outbox.AnyAsync(o => o.Status != OutboxStatus.Sent));
    }

    [Fact]
    public async Task A_tool_that_fails_one_call_in_fifteen_gets_everything()
    {
        var profiles = (Environment.GetEnvironmentVariable("RCU_TEST_LONG") is "1") ? 10_000 : 300;
        await using var bench = await ActivationBench.StartAsync(profiles);
        var destination = await bench.ConnectAsync();
        var calls = 0;
        bench.Tool.Judge = _ => Random(Interlocked.Increment(ref calls)) < .0664 ? new FakeReply(503) : new FakeReply(200);

        for (var i = 0; i < 8; i++)
        {
            var run = await bench.PushAsync(destination);
            Assert.Equal(profiles, run.Counters["filtered"] + run.Counters["unchanged"] + run.Counters["delivered"] + run.Counters["waiting"] + run.Counters["rejected"]);
            bench.Clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.True(bench.Tool.Profiles.Count >= profiles * .9999, $"{bench.Tool.Profiles.Count}");
        Assert.True(bench.Tool.Calls.Count > profiles, "the tool did fail");
    }

    // A worker that dies is one whose work stops wherever it is, and whose database connection goes.
    private static async Task WithDeathsAsync(ActivationBench bench, Guid destination, Answers answers, bool dies)
    {
        using var death = new CancellationTokenSource();
        if (dies)
        {
            answers.AfterCalls(5, death.Cancel);
        }

        try
        {
            await bench.PushAsync(destination, death.Token);
        }
        catch (OperationCanceledException) when (death.IsCancellationRequested)
        {
            await bench.PushAsync(destination);
        }
    }

    private static string VersionOf(FakeCall call) =>
        System.Text.Json.JsonDocument.Parse(call.Body).RootElement.GetProperty("data").GetProperty("job_title").GetString()!;

    private static double Random(int n) => new Random((n * 7919) + 13).NextDouble();

    /// <summary>What the tool answers the n-th call about each profile: the same in every run of the test.</summary>
    private sealed class Answers(IEnumerable<Guid> profiles, int seed)
    {
        private readonly Lock _door = new();
        private readonly Dictionary<Guid, Random> _dice = profiles.Select((id, i) => (id, Dice: new Random(seed + i))).ToDictionary(p => p.id, p => p.Dice);
        private int _untilDeath = int.MaxValue;
        private Action? _dies;

        public int Failed { get; private set; }

        public void AfterCalls(int calls, Action dies) => (_untilDeath, _dies) = (calls, dies);

        public FakeReply Of(FakeCall call)
        {
            lock (_door)
            {
                if (--_untilDeath == 0)
                {
                    _dies?.Invoke();
                }

                FakeReply answer = _dice[call.Profile].Next(100) switch
                {
                    < 12 => new(500),
                    < 17 => new(400),
                    < 20 => new(429, RetryAfter: "1"),
                    < 30 => new(200, Drops: true),
                    _ => new(200),
                };
                Failed += answer is { Status: 200, Drops: false } ? 0 : 1;
                return answer;
            }
        }
    }
}
