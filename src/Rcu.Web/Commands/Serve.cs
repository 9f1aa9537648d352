using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Web.Hosting;

namespace Rcu.Web.Commands;

/// <summary><c>serve</c>: the web application, its API and, unless <c>--Jobs:Work=false</c>, the background work.</summary>
internal static class Serve
{
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = HubWeb.CreateBuilder(args);
        await using var database = await HubConnections.OpenAsync(builder.Configuration, CancellationToken.None);
        await database.MigrateAsync(CancellationToken.None);
        if (database.Server is not null)
        {
            await HubConnections.ServesAsync(builder.Configuration["Database"] ?? HubConnections.LocalDatabase, CancellationToken.None);
        }

        builder.AddHubWeb(database, TimeProvider.System);

        await using var app = builder.Build();
        if (builder.Configuration.GetValue("Feeds:Known", true))
        {
            await using var scope = app.Services.CreateAsyncScope();
            await KnownFeeds.DeclareAsync(scope.ServiceProvider.GetRequiredService<RcuDb>(), TimeProvider.System, CancellationToken.None);
        }

        app.UseHubWeb();
        await app.RunAsync();
        return 0;
    }
}
