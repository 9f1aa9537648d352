using Npgsql;
using Rcu.Ingestion;
using Rcu.Jobs;
using Rcu.Web.Hosting;

namespace Rcu.Web.Commands;

/// <summary>Brings a file in and runs what follows, in front of the person who waits rather than in the background.</summary>
internal sealed class ForegroundImport(IServiceProvider hub, TimeProvider clock)
{
    /// <summary>What a command works with, on the database it opened.</summary>
    public static ServiceProvider HubOn(HubConnections database, IConfiguration settings)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(settings);
        services.AddHub(database, TimeProvider.System);
        services.AddSingleton<IJobs, JobsInLine>();
        return services.BuildServiceProvider();
    }

    /// <summary>Keeps the file and makes its rows evidence. The answer is its run.</summary>
    public async Task<Result<Guid>> ReceiveAsync(string file, string? source, string by, CancellationToken ct)
    {
        await using var scope = hub.CreateAsyncScope();
        await using var content = File.OpenRead(file);
        var received = await scope.ServiceProvider.GetRequiredService<Imports>()
            .ReceiveAsync(new ImportRequest(Path.GetFileName(file), source, by), content, ct);
        if (received.Succeeded)
        {
            await scope.ServiceProvider.GetRequiredKeyedService<IJob>(nameof(IngestJob)).RunAsync(received.Value, ct);
        }

        return received;
    }

    /// <summary>Withdraws what a whole state did not hold, by reading its file again. The answer is its run, or the reading whose source will do so.</summary>
    public async Task<Result<Guid>> AgreeAsync(Guid held, string by, CancellationToken ct)
    {
        await using var scope = hub.CreateAsyncScope();
        var agreed = await scope.ServiceProvider.GetRequiredService<AbsenceAgreement>().AgreeAsync(held, by, ct);
        if (agreed.Succeeded && agreed.Value != held)
        {
            await scope.ServiceProvider.GetRequiredKeyedService<IJob>(nameof(IngestJob)).RunAsync(agreed.Value, ct);
        }

        return agreed;
    }

    /// <summary>The stages that follow. The run that the imports asked for is then done.</summary>
    public async Task FollowAsync(StageBars bars, string by, CancellationToken ct)
    {
        await using var scope = hub.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Pipeline>().RunAsync(bars, ct);
        bars.End();
        var asked = await scope.ServiceProvider.GetRequiredService<PipelineRuns>().RequestAsync(by, ct);
        var progress = new RunProgress(hub.GetRequiredService<NpgsqlDataSource>(), clock, asked.Id);
        if (await progress.StartAsync(ct))
        {
            await progress.SucceedAsync(ct);
        }
    }
}
