using System.Net;
using System.Runtime.CompilerServices;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Hosting;

public sealed class EndOfHubTests
{
    [Fact]
    public async Task A_hub_that_has_ended_leaves_the_memory()
    {
        var services = await RunAsync();
        for (var i = 0; i < 50 && services.IsAlive; i++)
        {
            await Task.Delay(100);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(services.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> RunAsync()
    {
        await using var hub = await TestHub.StartAsync();
        using var browser = await hub.SignInAsync("Steward");
        using var home = await browser.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, home.StatusCode);
        return new WeakReference(hub.Services);
    }
}
