using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rcu.Activation.Connectors.Csv;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Jobs;
using Rcu.Security.Outbound;
using Rcu.Web.Commands;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;

namespace Rcu.Benchmarks;

/// <summary>A hub on a database of its own, dropped at its end.</summary>
internal sealed class BenchHub : IAsyncDisposable
{
    private readonly string? _administrator;
    private readonly string _name;
    private readonly string _owner;
    private readonly ServiceProvider _services;

    private BenchHub(string? administrator, string name, HubDatabase made, ShiftedClock clock, ServiceProvider services) =>
        (_administrator, _name, _owner, ConnectionString, Clock, _services) = (administrator, name, made.Owner, made.App, clock, services);

    /// <summary>What the program connects with.</summary>
    public string ConnectionString { get; }

    public ShiftedClock Clock { get; }

    public IServiceProvider Services => _services;

    public NpgsqlDataSource Database => _services.GetRequiredService<NpgsqlDataSource>();

    public static async Task<BenchHub> CreateAsync(string administrator, string uploads, CancellationToken ct)
    {
        var name = $"rcu_bench_{Guid.CreateVersion7():n}";
        var made = await HubDatabase.CreateAsync(administrator, name, template: null, ct);
        var database = new HubConnections(made.App, made.Owner);
        await database.MigrateAsync(ct);
        return On(administrator, name, made, new UploadSettings(uploads));
    }

    /// <summary>One that stays when the benchmarks end; made, when it is not there, and brought up to date.</summary>
    public static async Task<BenchHub> KeepAsync(string administrator, string name, string uploads, CancellationToken ct)
    {
        var made = await HubDatabase.CreateAsync(administrator, name, template: null, ct);
        await new HubConnections(made.App, made.Owner).MigrateAsync(ct);
        return On(null, name, made, new UploadSettings(uploads));
    }

    /// <summary>One that another process made and will drop.</summary>
    public static BenchHub Join(string owner, string app, UploadSettings uploads) => On(null, "", new HubDatabase(owner, app), uploads);

    /// <summary>What a process needs to be told to <see cref="Join"/> this hub.</summary>
    public (string Owner, string App) Made => (_owner, ConnectionString);

    private static BenchHub On(string? administrator, string name, HubDatabase made, UploadSettings uploads)
    {
        var clock = new ShiftedClock();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(uploads);
        services.AddHub(new HubConnections(made.App, made.Owner), clock);
        services.AddHubUsers();
        services.AddSingleton<IJobs, JobsInLine>();
        services.AddSingleton(new OutboundRules(["127.0.0.1"]));
        services.AddSingleton(new ExportFolder(uploads.Folder));
        return new BenchHub(administrator, name, made, clock, services.BuildServiceProvider());
    }

    /// <summary>A connection that may make tables, for what a figure is compared with.</summary>
    public async Task<NpgsqlConnection> OpenAsOwnerAsync(CancellationToken ct)
    {
        // A table filled by COPY answers once its triggers have run over every row.
        var connection = new NpgsqlConnection(_owner + ";Command Timeout=0");
        await connection.OpenAsync(ct);
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_administrator is not null)
        {
            await HubDatabase.DropAsync(_administrator, _name, CancellationToken.None);
        }
    }
}
