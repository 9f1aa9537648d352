using System.Net;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Api;

public class PlanApiTests
{
    [Fact]
    public async Task A_rule_is_tried_made_and_deleted_and_its_task_is_for_somebody_who_is_here()
    {
        await using var api = await ApiHub.StartAsync();
        await SignedIn.AddUserAsync(api.Hub);

        var (tried, played) = await api.SendAsync(HttpMethod.Post, "/plan-rules:try", Rule(SignedIn.Email));
        var (refused, problem) = await api.SendAsync(HttpMethod.Post, "/plan-rules", Rule("personne@nulle.example"), "un");
        var (made, rule) = await api.SendAsync(HttpMethod.Post, "/plan-rules", Rule(SignedIn.Email), "deux");
        var (deleted, _) = await api.SendAsync(HttpMethod.Delete, $"/plan-rules/{rule.GetProperty("number").GetInt32()}", null);
        var (_, left) = await api.GetAsync("/plan-rules");

        Assert.Equal((HttpStatusCode.OK, 12), (tried.StatusCode, played.GetProperty("weeks").GetArrayLength()));
        Assert.False(refused.IsSuccessStatusCode);
        Assert.Contains("personne@nulle.example", problem.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (made.StatusCode, deleted.StatusCode));
        Assert.Equal(0, left.GetProperty("data").GetArrayLength());
    }

    private static object Rule(string who) => new
    {
        name = "Relancer",
        trigger = new { @case = "notDone", kind = "Invoice", days = 180 },
        act = new { kind = "task", text = "Relancer", days = 3, who },
        restDays = 90,
        mostPerRun = 200,
    };
}
