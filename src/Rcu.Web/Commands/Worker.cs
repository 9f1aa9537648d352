using Rcu.Web.Hosting;

namespace Rcu.Web.Commands;

/// <summary><c>worker</c>: the background work alone, on as many machines as it needs.</summary>
internal static class Worker
{
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);
        await using var database = await HubConnections.OpenAsync(builder.Configuration, CancellationToken.None);
        builder.Logging.AddHubLogs(builder.Configuration);
        builder.Services.AddHub(database, TimeProvider.System);
        QuartzJobs.AddTo(builder.Services, work: true);

        using var host = builder.Build();
        await host.RunAsync();
        return 0;
    }
}
