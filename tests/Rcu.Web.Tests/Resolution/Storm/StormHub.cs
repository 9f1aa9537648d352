using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rcu.Demo;
using Rcu.Jobs;
using Rcu.Resolution;
using Rcu.Web.Commands;
using Rcu.Web.Tests.Api;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Resolution.Storm;

/// <summary>A hub on a few invented companies that eight clients work on at once, and what can be read of it by other ways than its own.</summary>
internal sealed class StormHub : IAsyncDisposable
{
    private const int Companies = 40;

    private readonly string _folder = Directory.CreateTempSubdirectory("rcu-storm-").FullName;

    private StormHub(ApiHub api)
    {
        Api = api;
        Database = NpgsqlDataSource.Create(api.Hub.ConnectionString);
    }

    public ApiHub Api { get; }

    public NpgsqlDataSource Database { get; }

    /// <param name="administrator">A server of its own; null for that of the tests.</param>
    public static async Task<StormHub> LoadAsync(int seed, string? administrator = null)
    {
        var hub = new StormHub(administrator is null ? await ApiHub.StartAsync() : await ApiHub.StartAsync(await TestHub.StartOnAsync(administrator)));
        var sources = Path.Combine(hub._folder, "sources");
        await DemoData.WriteAsync(sources, DateOnly.FromDateTime(DateTime.UtcNow), $"storm {seed}", Companies);
        await new DemoLoad(hub.Api.Hub.Services, new ShiftedClock()).RunAsync(sources, asOfData: false, default);
        return hub;
    }

    /// <summary>Runs what waits as a worker does: false when nothing did.</summary>
    public async Task<bool> WorkAsync()
    {
        var waiting = await ListAsync<Guid>("select id from runs where stage = 'Pipeline' and status = 'Queued' order by queued_at limit 1");
        foreach (var run in waiting)
        {
            await Api.WorkAsync<PipelineJob>(run);
        }

        return waiting.Count > 0;
    }

    /// <summary>Runs what waits, as a worker that nothing happens to.</summary>
    public async Task WorkUntilAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            await (await WorkAsync() ? Task.CompletedTask : Task.Delay(20, CancellationToken.None));
        }
    }

    /// <summary>Runs every stage, as many times as something is still asked for.</summary>
    public async Task SettleAsync()
    {
        await Api.InAsync(s => s.GetRequiredService<PipelineRuns>().RequestAsync("test", default));
        while (await WorkAsync())
        {
        }
    }

    /// <summary>Computes everything again from the evidence alone: a full resolution, every golden row, every fact.</summary>
    /// <param name="full">Whether records are also compared anew.</param>
    public async Task ComputeAgainAsync(bool full)
    {
        await DoAsync(
            """
            insert into stale_clusters (kind, cluster_id) select distinct kind, cluster_id from links on conflict do nothing;
            delete from hub_settings where name = 'projected_at';
            """);
        if (full)
        {
            await DoAsync($"insert into hub_settings (name, value, updated_at) values ('{ResolveStage.FullAsked}', 'true', now())");
        }

        await SettleAsync();
    }

    public Task<List<string>> PictureAsync() => HubPicture.ReadAsync(Database);

    public async Task<List<T>> ListAsync<T>(string sql, params object[] values)
    {
#pragma warning disable CA2100 // written in the tests
        await using var read = Database.CreateCommand(sql);
#pragma warning restore CA2100
        foreach (var value in values)
        {
            read.Parameters.Add(new() { Value = value });
        }

        var list = new List<T>();
        await using var rows = await read.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            list.Add(rows.GetFieldValue<T>(0));
        }

        return list;
    }

    public async Task DoAsync(string sql)
    {
#pragma warning disable CA2100 // written in the tests
        await using var act = Database.CreateCommand(sql);
#pragma warning restore CA2100
        await act.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await Api.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
