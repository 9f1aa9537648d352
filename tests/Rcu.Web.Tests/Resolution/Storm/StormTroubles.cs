using Npgsql;
using Rcu.Data;
using Rcu.Web.Tests.Ingestion;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Resolution.Storm;

/// <summary>A PostgreSQL of its own that breaks down, and a worker of its own that is killed and started again.</summary>
internal sealed class StormTroubles : IAsyncDisposable
{
    // Of the moments between two troubles, one in so many is a breakdown of the server.
    private const int Breakdowns = 4;

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(7);

    private readonly LocalPostgres _postgres;
    private readonly string _folder;
    private readonly string _home = Directory.CreateTempSubdirectory("rcu-storm-worker-").FullName;

    private StormTroubles(LocalPostgres postgres, string folder) => (_postgres, _folder) = (postgres, folder);

    public string Administrator => _postgres.ConnectionString;

    public int Kills { get; private set; }

    public int Crashes { get; private set; }

    public static async Task<StormTroubles> StartAsync()
    {
        var home = Path.Combine(TestServer.Root, ".rcu");
        var folder = LocalFolder.ForPostgres(home, $"storm-{Guid.CreateVersion7():n}");
        return new StormTroubles(await LocalPostgres.StartAsync(null, folder, home, ["fsync=off"], default), folder);
    }

    /// <summary>Until it is over; what is then still asked for is done by a worker that nothing happens to.</summary>
    public async Task MakeAsync(StormHub hub, CancellationToken over)
    {
        for (var trouble = 1; !over.IsCancellationRequested; trouble++)
        {
            using var worker = WorkerProcess.Start(hub.Api.Hub.ConnectionString, _home);
            await Task.Delay(Between, over).ContinueWith(_ => { }, TaskScheduler.Default);
            if (over.IsCancellationRequested)
            {
                await QuietAsync(hub, worker);
                return;
            }

            if (trouble % Breakdowns == 0)
            {
                await _postgres.CrashAsync(CancellationToken.None);
                NpgsqlConnection.ClearAllPools();
                Crashes++;
            }

            await worker.KillAsync();
            Kills++;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _postgres.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        Directory.Delete(_home, recursive: true);
    }

    private static async Task QuietAsync(StormHub hub, WorkerProcess worker)
    {
        for (var waited = 0; (await hub.ListAsync<bool>("select exists (select from runs where status in ('Queued', 'Running'))"))[0]; waited++)
        {
            Assert.False(worker.HasEnded, worker.Said);
            Assert.True(waited < 600, worker.Said);
            await Task.Delay(500);
        }

        await worker.KillAsync();
    }
}
