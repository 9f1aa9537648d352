using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Web.Hosting;
using Rcu.Web.Tests.Support;
using Xunit.Abstractions;
using HubConnections = Rcu.Web.Hosting.HubConnections;

namespace Rcu.Web.Tests.Ingestion;

/// <summary>A worker is killed in the middle of an import: another one ends it, and no row is lost or doubled.</summary>
public sealed class KillTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Rows = 30_000;
    private const int ManySeeds = 30;
    private const int FewSeeds = 1;

    private readonly string _home = Directory.CreateTempSubdirectory("rcu-kill-").FullName;
    private TestDatabase _database = null!;
    private ServiceProvider _hub = null!;
    private NpgsqlDataSource _sql = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _sql = NpgsqlDataSource.Create(_database.Owner);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(new UploadSettings(Path.Combine(_home, "uploads")));
        services.AddHub(new HubConnections(_database.App, null), TimeProvider.System);
        QuartzJobs.AddTo(services, work: false);
        _hub = services.BuildServiceProvider();
        await using var scope = _hub.CreateAsyncScope();
        await KnownFeeds.DeclareAsync(scope.ServiceProvider.GetRequiredService<RcuDb>(), TimeProvider.System, default);
    }

    public async Task DisposeAsync()
    {
        await _hub.DisposeAsync();
        await _sql.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_home, recursive: true);
    }

    [Fact]
    public async Task A_worker_killed_in_the_middle_of_an_import_loses_no_row_and_doubles_none()
    {
        var isLong = Environment.GetEnvironmentVariable("RCU_TEST_LONG") is "1";
        var (lost, doubled) = (0, 0);
        for (var seed = 1; seed <= (isLong ? ManySeeds : FewSeeds); seed++)
        {
            var expected = Enumerable.Range(1, Rows).Select(row => Written(seed, row)).ToList();
            await KillOnceAsync(seed, expected);
            var kept = await KeptAsync(seed);
            lost += expected.Except(kept).Count();
            doubled += kept.Count - kept.Distinct().Count() + kept.Except(expected).Count();
        }

        if (isLong)
        {
            output.WriteLine(JsonSerializer.Serialize(new { id = "R01", figure = $"rows lost, {ManySeeds} kills", value = lost, target = 0, pass = lost == 0 }));
            output.WriteLine(JsonSerializer.Serialize(new { id = "R01", figure = $"rows doubled, {ManySeeds} kills", value = doubled, target = 0, pass = doubled == 0 }));
        }

        Assert.Equal((0, 0), (lost, doubled));
        Assert.Equal(0L, await AskAsync<long>("select count(*) from staged_records"));
    }

    private async Task KillOnceAsync(int seed, List<string> expected)
    {
        var run = await ReceiveAsync(seed, expected);

        // The turn of the source is held meanwhile: whenever the worker dies, its run has not ended.
        await using (var turn = await HoldTurnAsync(run))
        {
            using var first = WorkerProcess.Start(_database.App, _home);
            var batches = 1 + ((seed - 1) % (Rows / IngestJob.BatchSize));
            await UntilAsync(first, async () => await AskAsync<long>("select count(*) from staged_records where run_id = $1", run) >= batches * IngestJob.BatchSize);
            await first.KillAsync();
        }

        Assert.Equal("Running 1", await StateAsync(run));

        using var second = WorkerProcess.Start(_database.App, _home);
        await UntilAsync(second, async () => !(await StateAsync(run)).StartsWith("Running", StringComparison.Ordinal));

        Assert.Equal("Succeeded 2", await StateAsync(run));
        Assert.Equal(1L, await AskAsync<long>("select count(*) from quartz.worker_deaths where run_id = $1", run));

        // What follows an import is for other tests.
        await second.KillAsync();
        await using var leave = _sql.CreateCommand("update runs set status = 'Cancelled', attempt = attempt + 1 where stage = 'Pipeline'");
        await leave.ExecuteNonQueryAsync();
    }

    private async Task<Guid> ReceiveAsync(int seed, List<string> expected)
    {
        var file = new StringBuilder("Account ID,Account Name,SIRET,Billing City\n");
        foreach (var line in expected.Select(row => row.Split('|')))
        {
            file.AppendJoin(',', line.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append('\n');
        }

        await using var scope = _hub.CreateAsyncScope();
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(file.ToString()));
        var received = await scope.ServiceProvider.GetRequiredService<Imports>()
            .ReceiveAsync(new ImportRequest(Name(seed), "crm", "test"), content, default);
        Assert.True(received.Succeeded, received.Error?.Message);
        return received.Value;
    }

    // What the file says of one row, made again from the seed: a line break and a quote in some of them.
    private static string Written(int seed, int row) => string.Create(
        CultureInfo.InvariantCulture,
        $"S{seed}-{row}|{(row % 7 == 0 ? "Établissements \"du\nNord\"" : "Société")} {row * seed % 9973}|{row % 100_000:00000000000000}|{(row % 3 == 0 ? "Saint-Étienne" : "Metz")}");

    private static string Name(int seed) => $"crm_accounts_{seed}.csv";

    // Read by other ways than the hub's own.
    private async Task<List<string>> KeptAsync(int seed)
    {
        var kept = new List<string>();
        await using var read = _sql.CreateCommand(
            """
            select concat_ws('|', external_key, payload ->> 'Account Name', payload ->> 'SIRET', payload ->> 'Billing City')
            from source_records where external_key like $1
            """);
        read.Parameters.Add(new() { Value = $"S{seed}-%" });
        await using var rows = await read.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            kept.Add(rows.GetString(0));
        }

        return kept;
    }

    private async Task<NpgsqlConnection> HoldTurnAsync(Guid run)
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

    private Task<string> StateAsync(Guid run) => AskAsync<string>("select concat_ws(' ', status, attempt, failure) from runs where id = $1", run);

    private async Task<T> AskAsync<T>(string sql, params object[] values)
    {
#pragma warning disable CA2100 // constants of this class
        await using var ask = _sql.CreateCommand(sql);
#pragma warning restore CA2100
        foreach (var value in values)
        {
            ask.Parameters.Add(new() { Value = value });
        }

        return (T)(await ask.ExecuteScalarAsync())!;
    }

    private static async Task UntilAsync(WorkerProcess worker, Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!await isSo())
        {
            Assert.False(worker.HasEnded, worker.Said);
            Assert.False(patience.IsCancellationRequested, worker.Said);
            await Task.Delay(20);
        }
    }
}
