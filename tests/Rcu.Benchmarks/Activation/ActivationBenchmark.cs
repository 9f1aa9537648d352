using System.Diagnostics;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Activation;
using Rcu.Data;

namespace Rcu.Benchmarks.Activation;

/// <summary>How fast what changed reaches a tool: beside a bare loop, under the limits of a vendor, and beside a tool that is out of order.</summary>
internal static class ActivationBenchmark
{
    private const int Profiles = 10_000;
    private const int Batch = 300;
    private const int AtOnce = 3;
    private const int Limit = 100;
    private const int Limited = 400;
    private const int Beside = 4;
    private const int EachBeside = 1_000;

    public static async IAsyncEnumerable<Figure> RunAsync(BenchData data, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var made = await data.NewHubAsync(ct);
        var hub = new ActivationHub(made);
        await hub.FillAsync(Profiles, ct);
        if (data.Wants("activation.push"))
        {
            yield return await PushAsync(hub, ct);
        }

        if (data.Wants("activation.limited") || data.Wants("activation.refused"))
        {
            await using var tool = await BenchTool.StartAsync(Limit, ct);
            var destination = await hub.ConnectAsync(tool.Url, Limited, ct);
            await hub.PushAsync(destination, ct);
            var allowed = Limit * (Stopwatch.GetElapsedTime(tool.FirstAt, tool.LastAt).TotalSeconds / 10);
            yield return new Figure("activation.limited", tool.Taken / allowed, $"share of the calls that a tool of {Limit} calls per 10 s allows").ValueAtLeast(.9, hard: true);
            yield return new Figure("activation.refused", tool.TooFast / (double)(tool.Taken + tool.TooFast), "share of calls answered 429").ValueAtMost(.01, hard: true);
        }

        if (data.Wants("activation.sick"))
        {
            yield return await SickAsync(hub, ct);
        }
    }

    private static async Task<Figure> PushAsync(ActivationHub hub, CancellationToken ct)
    {
        await using var tool = await BenchTool.StartAsync(calls: null, ct);
        var destination = await hub.ConnectAsync(tool.Url, Profiles, ct);
        await hub.PushAsync(destination, ct);
        var texts = await hub.TextsAsync(destination, ct);
        await BareAsync(tool.Url, texts[..1_000], ct);

        var (bare, pushed) = (new List<double>(), new List<double>());
        for (var round = 0; round < 3; round++)
        {
            bare.Add(await PerSecondAsync(() => BareAsync(tool.Url, texts, ct)));
            await hub.ChangeAsync($"Directrice {round}", ct);
            tool.Forget();
            pushed.Add(await PerSecondAsync(() => hub.PushAsync(destination, ct)));
            if (tool.Taken != Profiles)
            {
                throw new InvalidOperationException($"{tool.Taken} of {Profiles} changes were taken.");
            }
        }

        bare.Sort();
        pushed.Sort();
        return new Figure("activation.push", pushed[1], "changed profiles/s, planning and saving included", $"a bare HttpClient loop, {AtOnce} at once, median of 3", pushed[1] / bare[1])
            .RatioAtLeast(.9);
    }

    private static async Task<double> PerSecondAsync(Func<Task> doAsync)
    {
        var watch = Stopwatch.StartNew();
        await doAsync();
        return Profiles / watch.Elapsed.TotalSeconds;
    }

    private static async Task BareAsync(Uri url, List<byte[]> texts, CancellationToken ct)
    {
        using var client = new HttpClient();
        foreach (var batch in texts.Chunk(Batch))
        {
            await Parallel.ForEachAsync(batch, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (text, token) =>
            {
                using var body = new ByteArrayContent(text);
                body.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
                using var answer = await client.PostAsync(url, body, token);
                answer.EnsureSuccessStatusCode();
                await answer.Content.ReadAsByteArrayAsync(token);
            });
        }
    }

    // The same tools are told the same, once alone and once beside one that answers nothing but errors, as slowly as it can.
    private static async Task<Figure> SickAsync(ActivationHub hub, CancellationToken ct)
    {
        await using var sick = await BenchTool.StartAsync(calls: null, ct);
        (sick.Status, sick.Latency) = (503, TimeSpan.FromSeconds(2));
        var broken = await hub.ConnectAsync(sick.Url, EachBeside, ct);
        var tools = new List<(BenchTool Tool, Guid Id)>();
        for (var i = 0; i < Beside; i++)
        {
            var tool = await BenchTool.StartAsync(calls: null, ct);
            tools.Add((tool, await hub.ConnectAsync(tool.Url, EachBeside, ct)));
        }

        var (alone, beside) = (new List<double>(), new List<double>());
        for (var round = 0; round < 4; round++)
        {
            await hub.ChangeAsync($"Acheteuse {round}", ct);
            alone.Add(await SecondsAsync(hub, tools, [], ct));
            await hub.ChangeAsync($"Vendeuse {round}", ct);
            beside.Add(await SecondsAsync(hub, tools, [broken], ct));
        }

        foreach (var (tool, _) in tools)
        {
            await tool.DisposeAsync();
        }

        // The first round warms up.
        var (with, without) = (beside[1..].Order().ElementAt(1), alone[1..].Order().ElementAt(1));
        return new Figure("activation.sick", with, $"s until {Beside} tools have {EachBeside} changes each, one more out of order", "the same without it, median of 3", with / without)
            .RatioAtMost(1.1);
    }

    private static async Task<double> SecondsAsync(ActivationHub hub, List<(BenchTool Tool, Guid Id)> tools, Guid[] broken, CancellationToken ct)
    {
        foreach (var (tool, _) in tools)
        {
            tool.Forget();
        }

        using var slots = new SlotJobs(hub.Services, ct);
        await using var scope = hub.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RcuDb>();
        var queue = new PushQueue(db, slots, TimeProvider.System);
        var watch = Stopwatch.StartNew();
        foreach (var id in broken.Concat(tools.Select(tool => tool.Id)))
        {
            await queue.AskAsync(await db.Destinations.AsNoTracking().SingleAsync(d => d.Id == id, ct), "bench", ct);
        }

        while (tools.Exists(tool => tool.Tool.Taken < EachBeside))
        {
            await Task.Delay(5, ct);
        }

        var seconds = watch.Elapsed.TotalSeconds;
        await slots.EndAsync();
        return seconds;
    }
}
