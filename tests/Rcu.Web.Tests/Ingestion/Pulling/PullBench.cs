using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Rcu.Cleaning.Steward;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Ingestion.Connectors.Calls;
using Rcu.Ingestion.Connectors.Folder;
using Rcu.Ingestion.Connectors.Http;
using Rcu.Ingestion.Connectors.HubSpot;
using Rcu.Ingestion.Connectors.Postgres;
using Rcu.Ingestion.Connectors.Salesforce;
using Rcu.Ingestion.Connectors.Sftp;
using Rcu.Ingestion.Pulling;
using Rcu.Jobs;
using Rcu.Security;
using Rcu.Security.Outbound;
using Rcu.Web.Tests.Activation;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Ingestion.Pulling;

/// <summary>A hub's database and connections to sources, pulled by hand at an hour the test chooses.</summary>
internal sealed class PullBench : IAsyncDisposable, IJobs
{
    public static readonly DateTimeOffset Morning = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly TestDatabase _database;

    private readonly ApiCaller _calls;
    private readonly ApiTokens _tokens;

    private PullBench(TestDatabase database)
    {
        _database = database;
        _calls = new ApiCaller(Rules, Clock);
        _tokens = new ApiTokens(_calls, Clock);
    }

    public MovableClock Clock { get; } = new(Morning);

    public List<Guid> Enqueued { get; } = [];

    public string Hub => _database.App;

    public string Owner => _database.Owner;

    /// <summary>Where drop folders lie.</summary>
    public string Drops { get; } = Directory.CreateTempSubdirectory("rcu-depots-").FullName;

    /// <summary>Connectors of the test's own, beside the real ones.</summary>
    public List<ISourceConnector> Connectors { get; } = [];

    /// <summary>The private addresses that may be called.</summary>
    public OutboundRules Rules { get; set; } = new(["127.0.0.1"]);

    public static async Task<PullBench> CreateAsync() => new(await TestDatabase.CreateAsync());

    public RcuDb Db(params IInterceptor[] interceptors) =>
        new(new DbContextOptionsBuilder<RcuDb>().UseNpgsql(_database.App).AddInterceptors(interceptors).Options);

    public SourceConnections Connections(RcuDb db) => new(db, new SaveSourceConnectionValidator(), All(), new PlainSecrets(), this, Clock);

    public async Task<SourceConnection> ConnectAsync(SaveSourceConnection command)
    {
        await using var db = Db();
        var created = await Connections(db).CreateAsync(command, "léa", default);
        Assert.True(created.Succeeded, created.Error?.Message);
        return created.Value;
    }

    public Task<SourceConnection> ConnectAsync(string kind, object settings, string? secret = null, string name = "name", string city = "city") => ConnectAsync(new SaveSourceConnection(
        kind, kind, "crm", JsonSerializer.SerializeToElement(settings, JsonSerializerOptions.Web),
        Mapping: new SourceMapping(RecordKind.Account, ["id"], new Dictionary<string, string> { ["name"] = name, ["city"] = city }),
        Secret: secret, EveryMinutes: 10));

    /// <summary>One pull, as a worker would run it; the connection's place may be cut by an interceptor.</summary>
    public async Task<Run> PullAsync(Guid connection, params IInterceptor[] interceptors)
    {
        await using var asking = Db();
        var asked = await Connections(asking).PullAsync(connection, "léa", default);
        Assert.True(asked.Succeeded, asked.Error?.Message);
        await using (var db = Db(interceptors))
        {
            await new PullJob(db, All(), new PlainSecrets(), new PipelineRuns(db, this, Clock), token => RuleSet.JudgeAsync(db, Clock, token), Clock, NullLogger<PullJob>.Instance)
                .RunAsync(asked.Value.Id, default);
        }

        await using var looking = Db();
        return await looking.Runs.SingleAsync(r => r.Id == asked.Value.Id);
    }

    public async Task<Result<Guid>> UndoAsync(Guid run)
    {
        await using var db = Db();
        return await new Imports(db, new UploadStore(new UploadSettings(Drops, 1_000)), this, new PipelineRuns(db, this, Clock), Clock).UndoAsync(run, "léa", default);
    }

    public async Task<SourceConnection> ConnectionAsync(Guid id)
    {
        await using var db = Db();
        return await db.SourceConnections.SingleAsync(c => c.Id == id);
    }

    public async Task<List<string>> QueryAsync(string sql)
    {
        await using var db = Db();
        return await db.Database.SqlQueryRaw<string>(sql).ToListAsync();
    }

    public Task<List<string>> AlertsAsync() =>
        QueryAsync("select code || ' ' || subject as \"Value\" from source_alerts where closed_at is null order by 1");

    public Task EnqueueAsync<TJob>(Guid subject, CancellationToken ct)
        where TJob : IJob
    {
        Enqueued.Add(subject);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _calls.Dispose();
        Directory.Delete(Drops, recursive: true);
        await _database.DisposeAsync();
    }

    private DropRoot Root() => new(Drops, refusal => refusal.Code);

    private FolderConnector Folder() => new(Root(), new FolderSettingsValidator(), Clock);

    private List<ISourceConnector> All() =>
    [
        .. Connectors,
        Folder(),
        new SftpConnector(Folder(), Root(), Rules, new SftpSettingsValidator(), Clock),
        new PostgresConnector(Rules, new PostgresSourceSettingsValidator()),
        new HttpConnector(_calls, _tokens, new HttpSourceSettingsValidator(), Clock),
        new HubSpotConnector(_calls, new HubSpotSettingsValidator(), Clock),
        new SalesforceConnector(_calls, _tokens, new SalesforceSettingsValidator(), Clock),
    ];

    private sealed class PlainSecrets : ISecrets
    {
        public string Protect(string secret) => $"sealed:{secret}";

        public string? Open(string sealedSecret) => sealedSecret.StartsWith("sealed:", StringComparison.Ordinal) ? sealedSecret[7..] : null;
    }
}
