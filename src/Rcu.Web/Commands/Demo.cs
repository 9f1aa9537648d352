using System.Globalization;
using System.Text.Json;
using Npgsql;
using Rcu.Data;
using Rcu.Demo;
using Rcu.Jobs;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;
using HubConnections = Rcu.Web.Hosting.HubConnections;

namespace Rcu.Web.Commands;

/// <summary>
/// <c>demo</c>: a hub full of invented companies, ready to look at; or, with <c>--sources DIR</c>, the pipeline on any folder
/// of the same five sources, in a database thrown away afterwards. Progress goes to standard error.
/// </summary>
internal static class Demo
{
    private const string Kept = "rcu_demo";

    public static async Task<int> RunAsync(string[] args)
    {
        var options = new DemoOptions(Value(args, "--sources"), Value(args, "--truth"), args.Contains("--exit"));
        if (options.Sources is { } folder && !Directory.Exists(folder))
        {
            await Console.Error.WriteLineAsync(Verb.Text("demo.no_folder", folder));
            return Verb.Misused;
        }

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) => (pressed.Cancel, _) = (true, Task.Run(stop.Cancel));
        return options.Sources is null ? await KeptAsync(options, stop.Token) : await ThrownAwayAsync(options, stop.Token);
    }

    // The product's own data, in a database that stays: a second start finds everything as it was left.
    private static async Task<int> KeptAsync(DemoOptions options, CancellationToken ct)
    {
        await using var database = await OpenAsync(Kept, ct);
        var clock = new ShiftedClock();
        LoadSummary? summary = null;
        var logins = new List<string>();
        DemoTool.Started tool;
        await using (var hub = Services(database, clock))
        {
            await using var scope = hub.CreateAsyncScope();
            var settings = scope.ServiceProvider.GetRequiredService<HubSettings>();
            var isMade = await settings.HasAsync("demo", ct);
            tool = await DemoTool.StartAsync(Memory(isMade), ct);
            if (!isMade)
            {
                await Console.Error.WriteLineAsync(Verb.Text("demo.making"));
                var sources = Path.Combine(LocalFolder.Home, "demo");
                await DemoData.WriteAsync(sources, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), ct: ct);
                summary = await new DemoLoad(hub, clock).RunAsync(sources, asOfData: false, ct);
                await DemoSetup.RunAsync(hub, ct);
                await settings.SetAsync("demo", new { loadedAt = clock.GetUtcNow() }, ct);
            }

            logins.AddRange(await DemoSetup.LoginsAsync(scope.ServiceProvider, ct));
        }

        await using (tool)
        {
            await TellAsync(summary, null);
            return options.Exit ? 0 : await ServeAsync(database, clock, tool, logins, ct);
        }
    }

    // Tools remember what this very hub told them: a hub made anew begins with empty ones.
    private static string Memory(bool isMade)
    {
        var folder = Path.Combine(LocalFolder.Home, "demo-tools");
        if (!isMade && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return folder;
    }

    private static async Task<int> ThrownAwayAsync(DemoOptions options, CancellationToken ct)
    {
        var name = $"rcu_demo_{Guid.NewGuid():N}";
        await using var database = await OpenAsync(name, ct);
        try
        {
            await using var tool = options.Exit ? null : await DemoTool.StartAsync(memory: null, ct);
            var clock = new ShiftedClock();
            var logins = new List<string>();
            await using (var hub = Services(database, clock))
            {
                var summary = await new DemoLoad(hub, clock).RunAsync(options.Sources!, asOfData: true, ct);
                (PairQuality Accounts, PairQuality Contacts)? quality = options.Truth is null
                    ? null
                    : await new TruthCheck(hub.GetRequiredService<NpgsqlDataSource>()).RunAsync(options.Truth, ct);
                await TellAsync(summary, quality);
                if (tool is not null)
                {
                    await using var scope = hub.CreateAsyncScope();
                    await DemoSetup.RunAsync(hub, ct);
                    await scope.ServiceProvider.GetRequiredService<HubSettings>().SetAsync("demo", new { loadedAt = clock.GetUtcNow() }, ct);
                    logins.AddRange(await DemoSetup.LoginsAsync(scope.ServiceProvider, ct));
                }
            }

            return tool is null ? 0 : await ServeAsync(database, clock, tool, logins, ct);
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            await HubDatabase.DropAsync(database.Server!.ConnectionString, name, CancellationToken.None);
        }
    }

    private static async Task<HubConnections> OpenAsync(string database, CancellationToken ct)
    {
        var settings = HubConnections.Configuration([$"--Database={database}"]);
        var opened = await HubConnections.OpenAsync(settings, ct);
        await HubConnections.ServesAsync(database, ct);
        await opened.MigrateAsync(ct);
        return opened;
    }

    private static ServiceProvider Services(HubConnections database, ShiftedClock clock)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(HubConnections.Configuration([DemoTool.Allowed]));
        services.AddHub(database, clock);
        services.AddHubUsers();
        services.AddSingleton<IJobs, JobsInLine>();
        return services.BuildServiceProvider();
    }

    private static async Task<int> ServeAsync(
        HubConnections database, ShiftedClock clock, DemoTool.Started tool, List<string> logins, CancellationToken ct)
    {
        var builder = HubWeb.CreateBuilder([DemoTool.Allowed]);
        builder.AddHubWeb(database, clock);
        await using var app = builder.Build();
        app.UseHubWeb();
        await app.StartAsync(ct);
        await tool.TellAsync(app.Services, new Uri("http://127.0.0.1:5080"), ct);
        await Console.Error.WriteLineAsync(Verb.Text("demo.ready", "http://localhost:5080"));
        foreach (var login in logins)
        {
            await Console.Error.WriteLineAsync($"  {login}");
        }

        await app.WaitForShutdownAsync(ct);
        return 0;
    }

    // Standard output is one JSON line, when there is a truth to compare with; a person reads standard error.
    private static async Task TellAsync(LoadSummary? summary, (PairQuality Accounts, PairQuality Contacts)? quality)
    {
        if (summary is null)
        {
            return;
        }

        foreach (var source in summary.Sources)
        {
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.GetCultureInfo("fr"), $"  {source.Name,-10} {source.Read,9:N0} lus {source.Rejected,6:N0} rejetés"));
        }

        await Console.Error.WriteLineAsync(Verb.Text("demo.summary", summary.Accounts, summary.Contacts));
        if (quality is { } found)
        {
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(
                new
                {
                    summary.Sources,
                    summary.Accounts,
                    summary.Contacts,
                    Quality = new { found.Accounts, found.Contacts },
                    summary.Seconds,
                },
                JsonSerializerOptions.Web));
        }
    }

    private static string? Value(string[] args, string option) =>
        Array.IndexOf(args, option) is >= 0 and var place && place + 1 < args.Length ? Path.GetFullPath(args[place + 1]) : null;

    private sealed record DemoOptions(string? Sources, string? Truth, bool Exit);
}
