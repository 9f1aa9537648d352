using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Web.Hosting;
using HubConnections = Rcu.Web.Hosting.HubConnections;

namespace Rcu.Web.Tests.Ingestion;

/// <summary>Where workers are processes of their own: hands files over, and reads by other ways than the hub's what was kept of them.</summary>
internal sealed class WorkerBench : IAsyncDisposable
{
    // Since anything last moved: a machine that is busy with other tests is slow, not stuck.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _home;
    private readonly HubDatabase _database;
    private readonly ServiceProvider _hub;
    private readonly NpgsqlDataSource _sql;

    private WorkerBench(HubDatabase database, ServiceProvider hub, string home) =>
        (_database, _hub, _home, _sql) = (database, hub, home, NpgsqlDataSource.Create(database.Owner));

    /// <param name="database">A migrated one.</param>
    public static async Task<WorkerBench> CreateAsync(HubDatabase database)
    {
        var home = Directory.CreateTempSubdirectory("rcu-worker-").FullName;
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(new UploadSettings(Path.Combine(home, "uploads")));
        services.AddHub(new HubConnections(database.App, null), TimeProvider.System);
        QuartzJobs.AddTo(services, work: false);
        var hub = services.BuildServiceProvider();
        await using var scope = hub.CreateAsyncScope();
        await KnownFeeds.DeclareAsync(scope.ServiceProvider.GetRequiredService<RcuDb>(), TimeProvider.System, default);
        return new WorkerBench(database, hub, home);
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        await _sql.DisposeAsync();
        Directory.Delete(_home, recursive: true);
    }

    /// <summary>The server has lost all connections: this side opens new ones. The worker must find out by itself.</summary>
    public void ForgetConnections()
    {
        _sql.Clear();
        _hub.GetRequiredService<NpgsqlDataSource>().Clear();
    }

    public WorkerProcess StartWorker() => WorkerProcess.Start(_database.App, _home);

    /// <summary>What a file of so many rows says, each row as one text: a line break and a quote in some of them.</summary>
    public static List<string> Rows(int seed, int count) => [.. Enumerable.Range(1, count).Select(row => string.Create(
        CultureInfo.InvariantCulture,
        $"S{seed}-{row}|{(row % 7 == 0 ? "Établissements \"du\nNord\"" : "Société")} {row * seed % 9973}|{row % 100_000:00000000000000}|{(row % 3 == 0 ? "Saint-Étienne" : "Metz")}"))];

    /// <summary>Asks for the import of a file with these rows; its run.</summary>
    public async Task<Guid> ReceiveAsync(int seed, List<string> rows)
    {
        var file = new StringBuilder("Account ID,Account Name,SIRET,Billing City\n");
        foreach (var line in rows.Select(row => row.Split('|')))
        {
            file.AppendJoin(',', line.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append('\n');
        }

        await using var scope = _hub.CreateAsyncScope();
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(file.ToString()));
        var received = await scope.ServiceProvider.GetRequiredService<Imports>()
            .ReceiveAsync(new ImportRequest($"crm_accounts_{seed}.csv", "crm", "test"), content, default);
        Assert.True(received.Succeeded, received.Error?.Message);
        return received.Value;
    }

    /// <summary>What a person does with an import of this bench.</summary>
    public async Task DoAsync(Func<Imports, Task<Result<Guid>>> act)
    {
        await using var scope = _hub.CreateAsyncScope();
        var done = await act(scope.ServiceProvider.GetRequiredService<Imports>());
        Assert.True(done.Succeeded, done.Error?.Message);
    }

    /// <summary>How many of these rows are not there, and how many are there that should not, or twice.</summary>
    public async Task<(int Lost, int Doubled)> LostAndDoubledAsync(int seed, List<string> rows)
    {
        var kept = new List<string>();
        await using var read = _sql.CreateCommand(
            """
            select concat_ws('|', external_key, payload ->> 'Account Name', payload ->> 'SIRET', payload ->> 'Billing City')
            from source_records where external_key like $1
            """);
        read.Parameters.Add(new() { Value = $"S{seed}-%" });
        await using var said = await read.ExecuteReaderAsync();
        while (await said.ReadAsync())
        {
            kept.Add(said.GetString(0));
        }

        return (rows.Except(kept).Count(), kept.Count - kept.Distinct().Count() + kept.Except(rows).Count());
    }

    /// <summary>The turn of a run's source, without which its rows do not become evidence.</summary>
    public async Task<NpgsqlConnection> HoldTurnAsync(Guid run)
    {
        var source = await AskAsync<Guid>("select subject from runs where id = $1", run);
        var connection = new NpgsqlConnection(_database.App + ";Pooling=false");
        await connection.OpenAsync();
        await using var hold = new NpgsqlCommand("select pg_advisory_lock(hashtextextended($1, 0))", connection)
        {
            Parameters = { new() { Value = source.ToString() } },
        };
        await hold.ExecuteNonQueryAsync();
        return connection;
    }

    public Task<long> StagedAsync(Guid run) => AskAsync<long>("select count(*) from staged_records where run_id = $1", run);

    public Task<int> AttemptAsync(Guid run) => AskAsync<int>("select attempt from runs where id = $1", run);

    /// <summary>Its status, its attempt, and why it failed if it did.</summary>
    public Task<string> StateAsync(Guid run) => AskAsync<string>("select concat_ws(' ', status, attempt, failure) from runs where id = $1", run);

    public async Task UntilEndedAsync(Guid run, WorkerProcess worker) =>
        await UntilAsync(run, worker, () => HasEndedAsync(run));

    public Task<bool> HasEndedAsync(Guid run) => AskAsync<bool>("select status not in ('Queued', 'Running') from runs where id = $1", run);

    /// <summary>Waits for as long as the run moves; a worker that ended, or a run that stands still, fails the test with what was said.</summary>
    public async Task UntilAsync(Guid run, WorkerProcess worker, Func<Task<bool>> isSo)
    {
        var (moved, last) = (TimeProvider.System.GetTimestamp(), "");
        while (!await isSo())
        {
            Assert.False(worker.HasEnded, worker.Said);
            var now = $"{await StateAsync(run)} {await StagedAsync(run)}";
            moved = now == last ? moved : TimeProvider.System.GetTimestamp();
            last = now;
            Assert.True(TimeProvider.System.GetElapsedTime(moved) < Patience, $"{now}\n{worker.Said}");
            await Task.Delay(20);
        }
    }

    /// <summary>What follows an import is for other tests.</summary>
    public async Task LeaveWhatFollowsAsync()
    {
        await using var leave = _sql.CreateCommand("update runs set status = 'Cancelled', attempt = attempt + 1 where stage = 'Pipeline'");
        await leave.ExecuteNonQueryAsync();
    }

    public async Task<T> AskAsync<T>(string sql, params object[] values)
    {
#pragma warning disable CA2100 // written in the tests
        await using var ask = _sql.CreateCommand(sql);
#pragma warning restore CA2100
        foreach (var value in values)
        {
            ask.Parameters.Add(new() { Value = value });
        }

        return (T)(await ask.ExecuteScalarAsync())!;
    }
}
