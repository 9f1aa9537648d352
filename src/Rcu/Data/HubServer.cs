namespace Rcu.Data;

/// <summary>
/// The hub's database, found or made: where the two connections say, when they are given; else made on the server
/// of the administrator that is given; else on a PostgreSQL of ours on this machine.
/// </summary>
public sealed class HubServer : IAsyncDisposable
{
    public const string DatabaseName = "rcu";

    private readonly LocalPostgres? _local;

    private HubServer(HubDatabase database, string? administrator, LocalPostgres? local) =>
        (Database, Administrator, _local) = (database, administrator, local);

    public HubDatabase Database { get; }

    /// <summary>May create databases there; null when only the hub's own two connections are known.</summary>
    public string? Administrator { get; }

    /// <param name="given">Where to connect, from the settings: the hub's own connections, or an administrator's.</param>
    /// <param name="name">The database to use, or to make, on a server we administer.</param>
    public static async Task<HubServer> OpenAsync(HubConnections given, string name, CancellationToken ct)
    {
        if (given is { Owner.Length: > 0, Hub.Length: > 0 })
        {
            return new HubServer(new HubDatabase(given.Owner, given.Hub), administrator: null, local: null);
        }

        var folder = string.IsNullOrEmpty(given.Admin) ? LocalFolder.ForPostgres(LocalFolder.Home, "postgres") : "";
        var local = await LocalPostgres.StartAsync(given.Admin, folder, LocalFolder.Home, [], ct);
        try
        {
            var database = await HubDatabase.CreateAsync(local.ConnectionString, name, template: null, ct);
            return new HubServer(database, local.ConnectionString, local);
        }
        catch
        {
            await local.DisposeAsync();
            throw;
        }
    }

    /// <summary>The connections to the hub that runs now, nothing being started; null when none runs.</summary>
    public static async Task<HubDatabase?> FindAsync(HubConnections given, string name, CancellationToken ct)
    {
        if (given is { Owner.Length: > 0, Hub.Length: > 0 })
        {
            return new HubDatabase(given.Owner, given.Hub);
        }

        var administrator = string.IsNullOrEmpty(given.Admin)
            ? await LocalPostgres.FindAsync(LocalFolder.ForPostgres(LocalFolder.Home, "postgres"), ct)
            : given.Admin;
        return administrator is null ? null : HubDatabase.On(administrator, name);
    }

    public async ValueTask DisposeAsync()
    {
        if (_local is not null)
        {
            await _local.DisposeAsync();
        }
    }
}
