using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rcu.Data;
using Rcu.Demo;
using Rcu.Ingestion;
using Rcu.Jobs;
using Rcu.Resolution;
using Rcu.Web.Commands;
using Rcu.Web.Hosting;
using Rcu.Web.Tests.Support;
using HubConnections = Rcu.Web.Hosting.HubConnections;

namespace Rcu.Web.Tests.Resolution;

/// <summary>A hub that has taken the demonstration's five sources in, where the stages run when a test says so.</summary>
internal sealed class DemoHub : IAsyncDisposable
{
    // Loaded once for the whole run.
    private static readonly Lazy<Task<DemoHub>> Loaded = new(LoadOriginalAsync);

    private readonly string _folder = Directory.CreateTempSubdirectory("rcu-merge-").FullName;
    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;
    private readonly ShiftedClock _clock = new();

    private DemoHub(TestDatabase database)
    {
        _database = database;
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton(new UploadSettings(Path.Combine(_folder, "uploads")));
        services.AddHub(new HubConnections(database.App, null), _clock);
        services.AddSingleton<IJobs, JobsInLine>();
        _services = services.BuildServiceProvider();
    }

    /// <summary>One as another process finds it later: nothing of the load is left in memory.</summary>
    public static async Task<DemoHub> CopyAsync() => new(await CopyDatabaseAsync());

    /// <summary>Its database alone, for a hub of another make.</summary>
    public static async Task<TestDatabase> CopyDatabaseAsync() => await TestDatabase.CreateCopyAsync((await Loaded.Value)._database);

    /// <summary>One that has just loaded the sources itself, and remembers what it resolved.</summary>
    public static async Task<DemoHub> LoadAsync()
    {
        var hub = new DemoHub(await TestDatabase.CreateAsync());
        var sources = Path.Combine(hub._folder, "sources");
        await DemoData.WriteAsync(sources, DateOnly.FromDateTime(DateTime.UtcNow), "journey", companies: 120);
        await new DemoLoad(hub._services, hub._clock).RunAsync(sources, asOfData: false, default);
        return hub;
    }

    /// <summary>What one more web node, just started, looks records up in. It takes changes in as that of a large hub does.</summary>
    public CandidateIndex NewNode() => new(_services.GetRequiredService<NpgsqlDataSource>(), readAgain: 0);

    /// <summary>Asks for a resolution of everything, as each night does, and runs every stage.</summary>
    public async Task RunTheNightAsync()
    {
        await using (var db = Db())
        {
            await db.Database.ExecuteSqlAsync($"insert into hub_settings (name, value, updated_at) values ({ResolveStage.FullAsked}, 'true', now())");
        }

        await RunStagesAsync();
    }

    public RcuDb Db() => SampleCustomers.Open(_database.App);

    /// <summary>Does something as a steward, then runs every stage that follows.</summary>
    public async Task<Result<T>> ReviewAsync<T>(Func<MatchReview, Task<Result<T>>> act)
    {
        await using var scope = _services.CreateAsyncScope();
        var done = await act(scope.ServiceProvider.GetRequiredService<MatchReview>());
        await RunStagesAsync();
        return done;
    }

    /// <summary>Does something with what the hub is made of.</summary>
    public async Task<T> InAsync<T>(Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = _services.CreateAsyncScope();
        return await act(scope.ServiceProvider);
    }

    public async Task RunStagesAsync()
    {
        await using var scope = _services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Pipeline>().RunAsync(new StageBars(quiet: true), default);
    }

    public async Task<Guid> AccountOfAsync(Guid record)
    {
        await using var db = Db();
        return await db.Links.Where(l => l.RecordId == record && l.Kind == ClusterKind.Account).Select(l => l.ClusterId).SingleAsync();
    }

    /// <summary>How many facts an account owns, of each kind.</summary>
    public async Task<string> FactsAsync(params Guid[] accounts)
    {
        await using var count = _services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            """
            select concat_ws(' ',
              (select count(*) from documents where account_id = any($1)), (select count(*) from document_lines where account_id = any($1)),
              (select count(*) from opportunities where account_id = any($1)), (select count(*) from interactions where account_id = any($1)))
            """);
        count.Parameters.Add(new() { Value = accounts });
        return (string)(await count.ExecuteScalarAsync())!;
    }

    /// <summary>Every golden row and fact, without the moments it was written at.</summary>
    public Task<List<string>> PictureAsync() => HubPicture.ReadAsync(_services.GetRequiredService<NpgsqlDataSource>());

    private static async Task<DemoHub> LoadOriginalAsync()
    {
        var hub = await LoadAsync();
        await hub._services.DisposeAsync();
        TestRun.AtItsEnd(async () => await hub.DisposeAsync());
        return hub;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
