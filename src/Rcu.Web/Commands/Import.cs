using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Ingestion.Pulling;
using Rcu.Jobs;
using Rcu.Web.Hosting;

namespace Rcu.Web.Commands;

/// <summary>
/// <c>import FILE --source NAME</c>: brings a file in and runs every stage on what it changed.
/// <c>import --agree IMPORT</c>: withdraws what a whole state did not hold and that was too much to be withdrawn unasked.
/// </summary>
internal static class Import
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["--agree", var asked])
        {
            return Guid.TryParse(asked, out var held)
                ? await BringAsync(import => import.AgreeAsync(held, Environment.UserName, CancellationToken.None))
                : await MisusedAsync("import.usage");
        }

        var source = Array.IndexOf(args, "--source") is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
        var file = args.FirstOrDefault();
        return file is null || file.StartsWith("--", StringComparison.Ordinal) || !File.Exists(file)
            ? await MisusedAsync(file is null ? "import.usage" : "import.missing_file", file ?? "")
            : await BringAsync(import => import.ReceiveAsync(Path.GetFullPath(file), source, Environment.UserName, CancellationToken.None));
    }

    private static async Task<int> MisusedAsync(string key, params object[] values)
    {
        await Console.Error.WriteLineAsync(Verb.Text(key, values));
        return Verb.Misused;
    }

    private static async Task<int> BringAsync(Func<ForegroundImport, Task<Result<Guid>>> act)
    {
        await using var database = await HubConnections.OpenAsync(HubConnections.Configuration([]), CancellationToken.None);
        await database.MigrateAsync(CancellationToken.None);
        await using var hub = ForegroundImport.HubOn(database, HubConnections.Configuration([]));
        await using var scope = hub.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RcuDb>();
        await KnownFeeds.DeclareAsync(db, TimeProvider.System, CancellationToken.None);

        var import = new ForegroundImport(hub, TimeProvider.System);
        var bars = new StageBars();
        await bars.EnterAsync("Ingestion", CancellationToken.None);
        var brought = await act(import);
        if (!brought.Succeeded)
        {
            await Console.Error.WriteLineAsync($"\n{Verb.Text(brought.Error.Code, brought.Error.Values)}");
            return 1;
        }

        var run = await db.Runs.AsNoTracking().SingleAsync(r => r.Id == brought.Value);
        if (run.Stage == PullJob.Stage)
        {
            bars.End();
            await Console.Out.WriteLineAsync(Verb.Text("connections.absent.agreed"));
            return 0;
        }

        await import.FollowAsync(bars, Environment.UserName, CancellationToken.None);
        await Console.Out.WriteLineAsync(run.Failure ?? string.Join(", ", run.Counters.Select(c => $"{c.Key} {c.Value}")));
        if (run.Counters.GetValueOrDefault(IngestJob.Counts.AbsentHeld) is > 0 and var absent && run.Counters.GetValueOrDefault(IngestJob.Counts.Unread) == 0)
        {
            await Console.Out.WriteLineAsync($"{Verb.Text("import.absent.held", absent)} {Verb.Text("import.absent.command", run.Id)}");
        }

        return run.Status is RunStatus.Succeeded ? 0 : 1;
    }
}
