using Npgsql;
using Rcu.Data;

namespace Rcu.Web.Hosting;

/// <summary>
/// Where this hub's database is: the one the settings name, else one on this machine with nothing to set up.
/// </summary>
/// <param name="App">The role the program runs under.</param>
/// <param name="Owner">The schema's owner; null when the settings keep it from this process.</param>
internal sealed record HubConnections(string App, string? Owner, HubServer? Server = null) : IAsyncDisposable
{
    public static async Task<HubConnections> OpenAsync(IConfiguration settings, CancellationToken ct)
    {
        var given = Given(settings);
        if (given is { Hub.Length: > 0 } and { Owner: null or "" })
        {
            return new HubConnections(given.Hub, Owner: null);
        }

        var server = await HubServer.OpenAsync(given, Name(settings), ct);
        return new HubConnections(server.Database.App, server.Database.Owner, server);
    }

    /// <summary>How to reach the hub that runs; null when none does.</summary>
    public static async Task<string?> FindAsync(IConfiguration settings, CancellationToken ct) =>
        (await HubServer.FindAsync(Given(settings), Name(settings), ct))?.App;

    /// <summary>The settings a command reads: its words, the environment, the file beside the program.</summary>
    public static IConfiguration Configuration(string[] args) => Host.CreateApplicationBuilder(args).Configuration;

    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken ct) =>
        Owner is null ? [] : await Migrator.MigrateAsync(Owner, new NpgsqlConnectionStringBuilder(App).Username ?? HubDatabase.AppRole, ct);

    public async ValueTask DisposeAsync()
    {
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }
    }

    private static Data.HubConnections Given(IConfiguration settings) => new(
        settings.GetConnectionString("Hub"), settings.GetConnectionString("Owner"), settings.GetConnectionString("Admin"));

    private static string Name(IConfiguration settings) => settings["Database"] ?? HubServer.DatabaseName;
}
