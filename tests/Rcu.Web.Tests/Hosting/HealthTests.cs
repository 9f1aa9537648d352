using System.Net;
using Rcu.Data;
using Rcu.Web.Hosting;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Hosting;

public class HealthTests
{
    [Fact]
    public async Task A_hub_that_can_work_says_so_to_anyone()
    {
        await using var hub = await TestHub.StartAsync();
        using var nobody = hub.NewBrowser();

        Assert.Equal("Healthy", await nobody.GetStringAsync("/health/live"));
        Assert.Contains("\"database\":\"Healthy\"", await nobody.GetStringAsync("/health/ready"));
    }

    [Fact]
    public async Task Without_its_database_it_lives_but_is_not_ready()
    {
        await using var hub = await TestHub.StartAsync();
        using var nobody = hub.NewBrowser();
        using var before = await nobody.GetAsync("/health/ready");
        var name = new Npgsql.NpgsqlConnectionStringBuilder(hub.ConnectionString).Database!;
        await HubDatabase.DropAsync(await TestServer.AdministratorAsync(), name, default);

        using var live = await nobody.GetAsync("/health/live");
        using var ready = await nobody.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.9, false)]
    [InlineData(-0.9, false)]
    [InlineData(1.2, true)]
    [InlineData(-1.2, true)]
    public void A_node_whose_clock_is_off_by_more_than_a_second_does_not_work(double seconds, bool off)
    {
        var now = new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero);

        Assert.Equal(off, NodeClock.IsOff(now, now.AddSeconds(seconds), now));
    }
}
