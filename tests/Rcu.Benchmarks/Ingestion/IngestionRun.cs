using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Benchmarks.Matching;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Jobs;
using Rcu.Web.Commands;

namespace Rcu.Benchmarks.Ingestion;

/// <summary>A file landed and cleaned by a worker of its own, so that its peak of memory is that of this work alone.</summary>
/// <param name="Landing">Seconds from the file to evidence and clean records.</param>
/// <param name="Cleaning">Seconds of the stage that cleans what was not cleaned on its way.</param>
/// <param name="Again">Seconds of a second import of the same file.</param>
/// <param name="PeakMegabytes">The most resident memory of the process, before anything is matched.</param>
/// <param name="Matching">Seconds to bring the clean records together; none when that was not asked.</param>
internal sealed record IngestionRun(double Landing, double Cleaning, double Again, double PeakMegabytes, double? Matching)
{
    public const string Verb = "ingestion-run";

    private const long MostBytes = 20_000_000_000;

    /// <param name="matches">Whether the records are resolved at the end.</param>
    public static async Task<IngestionRun> StartAsync(BenchHub hub, string folder, string file, bool matches, CancellationToken ct)
    {
        var task = Path.Combine(folder, $"ingestion_{Guid.CreateVersion7():n}.json");
        await File.WriteAllTextAsync(task, JsonSerializer.Serialize(new Asked(hub.Made.Owner, hub.Made.App, folder, file, matches)), ct);
        return await OwnProcess.RunAsync<IngestionRun>([Verb, task], ct, asWorker: true);
    }

    /// <summary>The measured process itself.</summary>
    public static async Task MeasureAsync(string[] args)
    {
        var asked = JsonSerializer.Deserialize<Asked>(await File.ReadAllTextAsync(args[1]))!;
        await using var hub = BenchHub.Join(asked.Owner, asked.App, new UploadSettings(Path.Combine(asked.Folder, "uploads"), MostBytes));
        await using (var scope = hub.Services.CreateAsyncScope())
        {
            await KnownFeeds.DeclareAsync(scope.ServiceProvider.GetRequiredService<RcuDb>(), hub.Clock, default);
        }

        using var peak = new PeakMemory();
        var landing = await ImportAsync(hub, asked.File);
        var cleaning = await StageAsync(hub, "Cleaning");
        var again = await ImportAsync(hub, asked.File);
        var bytes = peak.Bytes;
        var matching = asked.Matches ? await StageAsync(hub, "Resolution") : (double?)null;
        Console.WriteLine(JsonSerializer.Serialize(new IngestionRun(landing, cleaning, again, bytes / 1048576.0, matching)));
    }

    private static async Task<double> ImportAsync(BenchHub hub, string file)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        await using var content = File.OpenRead(file);
        var received = await scope.ServiceProvider.GetRequiredService<Imports>().ReceiveAsync(new ImportRequest(CrmExport.Name, "crm", "bench"), content, default);
        var watch = Stopwatch.StartNew();
        await scope.ServiceProvider.GetRequiredKeyedService<IJob>(nameof(IngestJob)).RunAsync(received.Value, default);
        return watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> StageAsync(BenchHub hub, string name)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        var stage = scope.ServiceProvider.GetServices<IStage>().Single(s => s.Name == name);
        var watch = Stopwatch.StartNew();
        await stage.RunAsync(new StageBars(quiet: true), default);
        return watch.Elapsed.TotalSeconds;
    }

    private sealed record Asked(string Owner, string App, string Folder, string File, bool Matches);
}
