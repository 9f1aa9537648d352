using Rcu.Demo;
using Rcu.Web.Commands;

namespace Rcu.Benchmarks;

/// <summary>A hub that holds the demonstration, the folder it was read from, and how long each stage took.</summary>
internal sealed record LoadedDemo(BenchHub Hub, string Folder, IReadOnlyDictionary<string, double> Seconds)
{
    // Always the same data.
    private static readonly DateOnly Today = new(2026, 6, 30);

    public static async Task<LoadedDemo> LoadAsync(BenchData data, CancellationToken ct)
    {
        var folder = Path.Combine(data.Folder, "demo");
        await DemoData.WriteAsync(folder, Today, "bench", ct: ct);
        var hub = await data.NewHubAsync(ct);
        var summary = await new DemoLoad(hub.Services, hub.Clock).RunAsync(folder, asOfData: true, ct);
        return new LoadedDemo(hub, folder, summary.Seconds);
    }
}
