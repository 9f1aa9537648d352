using System.Text.Json;
using Rcu.Activation;

namespace Rcu.Web.Tests.Activation;

/// <summary>
/// What every destination promises, kept by those that are no vendor's account: a webhook, files on a server, LinkedIn's list. Where a
/// promise has nothing to hold on to, the line of the test says what happens instead. They keep no subscription and have no fields of their own.
/// </summary>
public class PlainToolTests
{
    [Theory]
    [InlineData("webhook")]
    [InlineData("drop")]
    [InlineData("linkedin")]
    public async Task Profiles_are_created_updated_emptied_and_removed(string kind)
    {
        await using var tool = await PlainTool.StartAsync(kind);
        await tool.DeliverAsync(1, [tool.Told(1), tool.Told(2), tool.Told(3)]);
        await tool.DeliverAsync(2, [tool.Told(1, "Nancy"), tool.Told(3, word: null)]);
        await tool.DeliverAsync(3, [Gone(tool.Told(2))]);

        Assert.Equal([("Camille 1", "Nancy"), ("Camille 3", "")], tool.Held.Order());
    }

    [Theory]
    [InlineData("webhook")]
    [InlineData("drop")]
    [InlineData("linkedin")]
    public async Task A_new_name_makes_no_twin(string kind)
    {
        await using var tool = await PlainTool.StartAsync(kind);
        await tool.DeliverAsync(1, [tool.Told(1), tool.Told(2)]);
        await tool.DeliverAsync(2, [tool.Told(1, "Nancy", "Camille Roy")]);

        Assert.Equal([("Camille 2", "Metz"), ("Camille Roy", "Nancy")], tool.Held.Order());
    }

    [Theory]
    [InlineData("webhook", true)]
    [InlineData("drop", false)] // a file that is there was taken: nobody answers
    [InlineData("linkedin", false)]
    public async Task An_answer_that_never_came_does_no_harm_when_sent_again(string kind, bool answers)
    {
        await using var tool = await PlainTool.StartAsync(kind);
        tool.LoseAnswer();

        var lost = await tool.DeliverAsync(1, [tool.Told(1)]);
        await tool.DeliverAsync(1, [tool.Told(1)]);

        Assert.Equal(answers ? typeof(Outcome.RetryAfter) : typeof(Outcome.Delivered), lost[0].GetType());
        Assert.Equal([("Camille 1", "Metz")], tool.Held);
    }

    [Theory]
    [InlineData("webhook", true)]
    [InlineData("drop", false)] // a file takes every row: whoever reads it judges
    [InlineData("linkedin", true)]
    public async Task One_wrong_row_stops_no_other(string kind, bool refuses)
    {
        await using var tool = await PlainTool.StartAsync(kind);
        var wrong = tool.Wrong(2);

        var outcomes = await tool.DeliverAsync(1, [tool.Told(1), wrong, tool.Told(3)]);

        Assert.Equal(
            [typeof(Outcome.Delivered), refuses ? typeof(Outcome.Rejected) : typeof(Outcome.Delivered), typeof(Outcome.Delivered)], outcomes.Select(o => o.GetType()));
        Assert.Equal(refuses ? ["Camille 1", "Camille 3"] : ["Camille 1", "Camille 2", "Camille 3"], tool.Held.Select(p => p.Name).Order());
    }

    [Theory]
    [InlineData("webhook", 7)]
    [InlineData("drop", null)] // a server that is away says nothing of its return
    [InlineData("linkedin", null)] // nor does a full disk
    public async Task A_broken_tool_is_tried_again_when_it_says(string kind, int? seconds)
    {
        await using var tool = await PlainTool.StartAsync(kind);
        tool.Break();
        var broken = await tool.DeliverAsync(1, [tool.Told(1), tool.Told(2)]);
        tool.Mend();
        var mended = await tool.DeliverAsync(1, [tool.Told(1), tool.Told(2)]);

        Assert.All(broken, outcome => Assert.Equal(seconds, Assert.IsType<Outcome.RetryAfter>(outcome).Delay?.Seconds));
        Assert.All(mended, outcome => Assert.IsType<Outcome.Delivered>(outcome));
        Assert.Equal(2, tool.Held.Count());
    }

    [Theory]
    [InlineData("webhook", "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("drop", "une autre clé")]
    [InlineData("linkedin", null)] // a file of the hub has no secret
    public async Task A_revoked_secret_is_said_and_changes_nothing(string kind, string? other)
    {
        await using var tool = await PlainTool.StartAsync(kind);

        var outcomes = await tool.DeliverAsync(1, [tool.Told(1), tool.Told(2)], other);

        Assert.Equal(other is null, tool.Secret is null);
        Assert.All(outcomes, outcome => Assert.Equal(other is null ? typeof(Outcome.Delivered) : typeof(Outcome.CredentialsRefused), outcome.GetType()));
        Assert.Equal(other is null ? 2 : 0, tool.Held.Count());
    }

    [Theory]
    [InlineData("webhook")]
    [InlineData("drop")]
    [InlineData("linkedin")]
    public async Task Many_arrive_change_and_leave_in_batches(string kind)
    {
        await using var tool = await PlainTool.StartAsync(kind);
        var many = Environment.GetEnvironmentVariable("RCU_TEST_LONG") is "1" ? 10_000 : 240;
        await SendAsync(tool, 100, Enumerable.Range(1, many).Select(i => tool.Told(i)), many / 2);
        await SendAsync(tool, 200, Enumerable.Range(1, many).Select(i => tool.Told(i, "Nancy")), many / 2);
        await SendAsync(tool, 300, Enumerable.Range(1, many / 4).Select(i => Gone(tool.Told(i))), many);

        var held = tool.Held.ToList();

        Assert.Equal(many - (many / 4), held.Count);
        Assert.All(held, profile => Assert.Equal("Nancy", profile.Word));
    }

    [Theory]
    [InlineData("webhook")]
    [InlineData("drop")]
    [InlineData("linkedin")]
    public async Task A_trial_says_whether_all_is_there_and_shows_what_is_sent(string kind)
    {
        await using var tool = await PlainTool.StartAsync(kind);

        Assert.Null((await tool.TestAsync()).Error);
        Assert.Contains("Camille 1", tool.Connector.Show(tool.Told(1)), StringComparison.Ordinal);
    }

    private static async Task SendAsync(PlainTool tool, int run, IEnumerable<Change> changes, int atOnce)
    {
        foreach (var batch in changes.Chunk(Math.Min(atOnce, tool.Connector.BatchSize)))
        {
            Assert.All(await tool.DeliverAsync(run++, batch), outcome => Assert.IsType<Outcome.Delivered>(outcome));
        }
    }

    private static Change Gone(Change told) => told with
    {
        Key = $"{told.Key}-gone",
        Type = told.Type.Replace("upserted", "removed", StringComparison.Ordinal),
        Payload = JsonSerializer.SerializeToElement(new { id = told.ProfileId }),
    };
}
