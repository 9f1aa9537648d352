using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Rcu.Simulators;

namespace Rcu.Benchmarks.Activation;

/// <summary>A tool on this machine that takes webhooks: as slow as it is told, counting its calls as vendors do when it is told to.</summary>
internal sealed class BenchTool : IAsyncDisposable
{
    public static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(5);

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private readonly RateWindow? _rate;
    private int _taken;
    private int _tooFast;

    private BenchTool(WebApplication app, RateWindow? rate) => (_app, _rate) = (app, rate);

    public Uri Url => new(_app.Urls.First() + "/");

    /// <summary>How long it thinks before it answers.</summary>
    public TimeSpan Latency { get; set; } = Usual;

    /// <summary>What it answers; 200 unless told otherwise.</summary>
    public int Status { get; set; } = StatusCodes.Status200OK;

    public int Taken => _taken;

    public int TooFast => _tooFast;

    /// <summary>When the first call came.</summary>
    public long FirstAt { get; private set; }

    /// <summary>When the last call it took came.</summary>
    public long LastAt { get; private set; }

    /// <summary>When it first took each text that was looked for.</summary>
    public ConcurrentDictionary<string, TaskCompletionSource<long>> Sought { get; } = new();

    /// <param name="calls">How many it allows in ten seconds; null: as many as come.</param>
    public static async Task<BenchTool> StartAsync(int? calls, CancellationToken ct)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var tool = new BenchTool(app, calls is { } most ? new RateWindow(most, Window, TimeProvider.System) : null);
        app.Run(tool.AnswerAsync);
        await app.StartAsync(ct);
        return tool;
    }

    public void Forget() => (_taken, _tooFast) = (0, 0);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        FirstAt = FirstAt == 0 ? Stopwatch.GetTimestamp() : FirstAt;
        if (IsTooFast(context.Response))
        {
            Interlocked.Increment(ref _tooFast);
            return;
        }

        await Task.Delay(Latency, context.RequestAborted);
        context.Response.StatusCode = Status;
        if (Status >= 400)
        {
            return;
        }

        Interlocked.Increment(ref _taken);
        LastAt = Stopwatch.GetTimestamp();
        foreach (var (text, found) in Sought)
        {
            if (body.Contains(text, StringComparison.Ordinal))
            {
                found.TrySetResult(LastAt);
            }
        }
    }

    private bool IsTooFast(HttpResponse response)
    {
        if (_rate is null)
        {
            return false;
        }

        lock (_gate)
        {
            var wait = _rate.Wait();
            response.Headers["ratelimit-limit"] = _rate.Most.ToString(CultureInfo.InvariantCulture);
            response.Headers["ratelimit-remaining"] = _rate.Remaining.ToString(CultureInfo.InvariantCulture);
            response.Headers["ratelimit-reset"] = Window.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            if (wait is not { } silence)
            {
                return false;
            }

            response.StatusCode = StatusCodes.Status429TooManyRequests;
            response.Headers.RetryAfter = Math.Ceiling(silence.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return true;
        }
    }
}
