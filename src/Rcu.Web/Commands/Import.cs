using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Jobs;
using Rcu.Web.Hosting;

namespace Rcu.Web.Commands;

/// <summary><c>import FILE --source NAME</c>: brings a file in and runs every stage on what it changed.</summary>
internal static class Import
{
    public static async Task<int> RunAsync(string[] args)
    {
        var source = Array.IndexOf(args, "--source") is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
        var file = args.FirstOrDefault();
        if (file is null || file.StartsWith("--", StringComparison.Ordinal) || !File.Exists(file))
        {
            await Console.Error.WriteLineAsync(Verb.Text(file is null ? "import.usage" : "import.missing_file", file ?? ""));
            return Verb.Misused;
        }

        await using var database = await HubConnections.OpenAsync(HubConnections.Configuration([]), CancellationToken.None);
        await database.MigrateAsync(CancellationToken.None);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(HubConnections.Configuration([]));
        services.AddHub(database, TimeProvider.System);
        services.AddSingleton<IJobs, JobsInLine>();
        await using var hub = services.BuildServiceProvider();
        await using var scope = hub.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RcuDb>();
        await KnownFeeds.DeclareAsync(db, TimeProvider.System, CancellationToken.None);

        var import = new ForegroundImport(hub, TimeProvider.System);
        var bars = new StageBars();
        await bars.EnterAsync("Ingestion", CancellationToken.None);
        var received = await import.ReceiveAsync(Path.GetFullPath(file), source, Environment.UserName, CancellationToken.None);
        if (!received.Succeeded)
        {
            await Console.Error.WriteLineAsync($"\n{Verb.Text(received.Error.Code, received.Error.Values)}");
            return 1;
        }

        await import.FollowAsync(bars, Environment.UserName, CancellationToken.None);
        var run = await db.Runs.AsNoTracking().SingleAsync(r => r.Id == received.Value);
        await Console.Out.WriteLineAsync(run.Failure ?? string.Join(", ", run.Counters.Select(c => $"{c.Key} {c.Value}")));
        return run.Status is RunStatus.Succeeded ? 0 : 1;
    }
}
