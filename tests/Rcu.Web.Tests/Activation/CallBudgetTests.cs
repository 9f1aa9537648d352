using Npgsql;
using Rcu.Activation;

namespace Rcu.Web.Tests.Activation;

/// <summary>A tool that counts calls is never called more than it allows, and hardly less, whoever calls.</summary>
public class CallBudgetTests
{
    [Fact]
    public async Task Two_workers_together_make_the_calls_a_tool_allows_and_no_more()
    {
        await using var bench = await ActivationBench.StartAsync(people: 0);
        await using var source = NpgsqlDataSource.Create(bench.ConnectionString);
        var (one, other, tool) = (new CallBudgets(source, bench.Clock), new CallBudgets(source, bench.Clock), Guid.CreateVersion7());
        using var answer = new HttpResponseMessage();
        answer.Headers.TryAddWithoutValidation("x-hubspot-ratelimit-max", "100");
        answer.Headers.TryAddWithoutValidation("x-hubspot-ratelimit-interval-milliseconds", "10000");
        Assert.Null(await one.DrawAsync(tool, default));
        await one.Of(tool).SeenAsync(answer, default);
        bench.Clock.Advance(TimeSpan.FromHours(1));

        // Sixty seconds' worth of calls asked for at once: each says how long it waits.
        var leave = new List<TimeSpan>();
        for (var i = 0; i < 600; i++)
        {
            leave.Add((await (i % 2 == 0 ? one : other).DrawAsync(tool, default))!.Value);
        }

        var busiest = leave.Max(from => leave.Count(at => at >= from && at < from + TimeSpan.FromSeconds(10)));
        Assert.InRange(busiest, 90, 100);
        Assert.InRange(leave.Count(at => at <= TimeSpan.FromSeconds(60)), 540, 600);
    }

    [Fact]
    public async Task A_tool_that_asks_for_silence_is_not_called_by_anybody()
    {
        await using var bench = await ActivationBench.StartAsync(people: 0);
        await using var source = NpgsqlDataSource.Create(bench.ConnectionString);
        var (one, other, tool) = (new CallBudgets(source, bench.Clock), new CallBudgets(source, bench.Clock), Guid.CreateVersion7());
        using var answer = new HttpResponseMessage(System.Net.HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter = new(TimeSpan.FromMinutes(2));
        await one.Of(tool).SeenAsync(answer, default);

        var during = await other.Of(tool).TakeAsync(default);
        bench.Clock.Advance(TimeSpan.FromMinutes(3));
        var after = await other.Of(tool).TakeAsync(default);

        Assert.InRange(during!.Value, TimeSpan.FromSeconds(119), TimeSpan.FromSeconds(121));
        Assert.Null(after);
    }

    [Theory]
    [InlineData("x-sib-ratelimit-limit=100;x-sib-ratelimit-remaining=3;x-sib-ratelimit-reset=60", 100, 60, 3, null)]
    [InlineData("x-sib-ratelimit-limit=100;x-sib-ratelimit-remaining=0;x-sib-ratelimit-reset=60", 100, 60, 0, 60)]
    [InlineData("ratelimit-limit=10, 10;ratelimit-remaining=9;ratelimit-reset=1", 10, 1, 9, null)]
    [InlineData("x-ratelimit-limit=5;x-ratelimit-reset=0", 5, 1, null, null)]
    public void The_words_of_each_vendor_are_understood(string headers, int calls, int seconds, int? left, int? silence)
    {
        using var answer = new HttpResponseMessage();
        foreach (var header in headers.Split(';').Select(header => header.Split('=')))
        {
            answer.Headers.TryAddWithoutValidation(header[0], header[1]);
        }

        var said = CallAllowance.Of(answer, DateTimeOffset.UtcNow);

        Assert.Equal(new CallAllowance(calls, TimeSpan.FromSeconds(seconds), left, silence is { } s ? TimeSpan.FromSeconds(s) : null), said);
    }
}
