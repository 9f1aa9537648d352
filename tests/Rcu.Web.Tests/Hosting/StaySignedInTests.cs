using System.Net;
using Rcu.Web.Tests.Insight;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Hosting;

public class StaySignedInTests
{
    // The demonstration of a folder of sources lives on the newest day of its data.
    [Fact]
    public async Task Whoever_signs_in_stays_so_on_a_hub_that_lives_on_another_day()
    {
        await using var hub = await TestHub.StartAsync(clock: new StillClock(new DateTimeOffset(2025, 6, 30, 18, 0, 0, TimeSpan.Zero)));
        using var client = await SignedIn.ClientAsync(hub);

        for (var page = 1; page <= 3; page++)
        {
            Assert.Equal((page, HttpStatusCode.OK), (page, (await client.GetAsync(new Uri("/comptes", UriKind.Relative))).StatusCode));
        }
    }
}
