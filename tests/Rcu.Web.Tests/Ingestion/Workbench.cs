using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Rcu.Cleaning;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Jobs;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Ingestion;

/// <summary>A database with the known feeds and a folder for files, where imports are run by hand.</summary>
internal sealed class Workbench : IAsyncDisposable, IJobs
{
    private readonly TestDatabase _database;
    private readonly string _folder = Directory.CreateTempSubdirectory("rcu-uploads-").FullName;

    private Workbench(TestDatabase database) => (_database, Database) = (database, NpgsqlDataSource.Create(database.App));

    public NpgsqlDataSource Database { get; }

    public List<Guid> Enqueued { get; } = [];

    public static async Task<Workbench> CreateAsync()
    {
        var bench = new Workbench(await TestDatabase.CreateAsync());
        await using var db = bench.Db();
        await KnownFeeds.DeclareAsync(db, TimeProvider.System, default);
        return bench;
    }

    public RcuDb Db(params IInterceptor[] interceptors) =>
        new(new DbContextOptionsBuilder<RcuDb>().UseNpgsql(_database.App).AddInterceptors(interceptors).Options);

    public UploadStore Store(long mostBytes = 500_000_000) => new(new UploadSettings(_folder, mostBytes));

    public Imports Imports(RcuDb db, long mostBytes = 500_000_000) => new(db, Store(mostBytes), this, Pipeline(db), TimeProvider.System);

    public IngestJob Job(RcuDb db, RowCleaning? cleaning = null) => new(
        db, Database, Store(), Pipeline(db), cleaning ?? Cleaning(db), TimeProvider.System, NullLogger<IngestJob>.Instance);

    /// <summary>What the hub itself cleans rows with while a file is read.</summary>
    public static RowCleaning Cleaning(RcuDb db) => token => EarlyCleaning.LoadAsync(db, TimeProvider.System, token);

    /// <summary>Leaves every record to the stage, as if none had been cleaned on its way.</summary>
    public async Task ForgetCleaningAsync()
    {
        await using var forget = Database.CreateCommand("delete from issues; update records set fields = '{}', cleaned_at = null, rules_version = 0");
        await forget.ExecuteNonQueryAsync();
    }

    private PipelineRuns Pipeline(RcuDb db) => new(db, this, TimeProvider.System);

    public async Task<Guid> ReceiveAsync(string name, byte[] content)
    {
        await using var db = Db();
        var received = await Imports(db).ReceiveAsync(new ImportRequest(name, null, "léa"), new MemoryStream(content), default);
        Assert.True(received.Succeeded, received.Error?.Code);
        return received.Value;
    }

    public async Task RunAsync(Guid run)
    {
        await using var db = Db();
        await Job(db).RunAsync(run, default);
    }

    public Task<ImportView> ImportAsync(string name, string content) => ImportAsync(name, Encoding.UTF8.GetBytes(content));

    /// <summary>Hands a file over, runs its import, and looks at it.</summary>
    public async Task<ImportView> ImportAsync(string name, byte[] content)
    {
        var run = await ReceiveAsync(name, content);
        await RunAsync(run);
        return await ViewAsync(run);
    }

    public async Task<ImportView> ViewAsync(Guid run)
    {
        await using var db = Db();
        return (await new ImportHistory(db).FindAsync(run, default)).Value!;
    }

    /// <summary>One text per row, to compare.</summary>
    public async Task<List<string>> QueryAsync(string sql)
    {
        await using var db = Db();
        return await db.Database.SqlQueryRaw<string>(sql).ToListAsync();
    }

    public int StoredFiles() => Directory.GetFiles(_folder).Length;

    public Task EnqueueAsync<TJob>(Guid subject, CancellationToken ct)
        where TJob : IJob
    {
        Enqueued.Add(subject);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        await Database.DisposeAsync();
        await _database.DisposeAsync();
    }
}
