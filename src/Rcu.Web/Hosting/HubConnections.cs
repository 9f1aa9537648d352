using Npgsql;
using Rcu.Data;

namespace Rcu.Web.Hosting;

/// <summary>
/// Where this hub's database is: the one the settings name, else one on this machine with nothing to set up.
/// </summary>
/// <param name="App">The role the program runs under.</param>
/// <param name="Owner">The schema's owner; null when the settings keep it from this process.</param>
internal sealed record HubConnections(string App, string? Owner, LocalPostgres? Server = null) : IAsyncDisposable
{
    /// <summary>The database of a hub on this machine, unless the settings name another.</summary>
    public const string LocalDatabase = "rcu";

    public static async Task<HubConnections> OpenAsync(IConfiguration settings, CancellationToken ct)
    {
        if (settings.GetConnectionString("Rcu") is { Length: > 0 } app)
        {
            return new HubConnections(app, settings.GetConnectionString("Owner"));
        }

        var home = LocalFolder.Home;
        var given = settings.GetConnectionString("Admin");
        var folder = string.IsNullOrEmpty(given) ? LocalFolder.ForPostgres(home, "postgres") : "";
        var server = await LocalPostgres.StartAsync(given, folder, home, [], ct);
        var hub = await HubDatabase.CreateAsync(server.ConnectionString, settings["Database"] ?? LocalDatabase, template: null, ct);
        return new HubConnections(hub.App, hub.Owner, server);
    }

    /// <summary>How to reach the hub that runs; null when none does.</summary>
    public static async Task<string?> FindAsync(IConfiguration settings, CancellationToken ct)
    {
        if (settings.GetConnectionString("Rcu") is { Length: > 0 } app)
        {
            return app;
        }

        var administrator = settings.GetConnectionString("Admin") is { Length: > 0 } given
            ? given
            : await LocalPostgres.FindAsync(LocalFolder.ForPostgres(LocalFolder.Home, "postgres"), ct);
        return administrator is null ? null : HubDatabase.On(administrator, settings["Database"] ?? await ServedAsync(ct) ?? LocalDatabase).App;
    }

    /// <summary>Notes which database this machine's hub serves, for <c>sql</c>: its name only, no secret.</summary>
    public static async Task ServesAsync(string database, CancellationToken ct) =>
        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(LocalFolder.Home).FullName, "served"), database, ct);

    private static async Task<string?> ServedAsync(CancellationToken ct) =>
        Path.Combine(LocalFolder.Home, "served") is var noted && File.Exists(noted) ? await File.ReadAllTextAsync(noted, ct) : null;

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
}
