using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Rcu.Web.Tests.Support;

/// <summary>
/// A destination that listens on this machine, answers what a test tells it to, and holds what it was told: its profiles are the
/// effects, its calls are the wire.
/// </summary>
public sealed class FakeTool : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Func<HttpContext, Task<bool>>> _script = new();
    private readonly ConcurrentDictionary<string, byte> _seen = new();

    private FakeTool(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.First() + "/hook");

    /// <summary>Every call, in the order they came.</summary>
    public ConcurrentQueue<FakeCall> Calls { get; } = new();

    /// <summary>What it holds: the last state of each profile.</summary>
    public ConcurrentDictionary<Guid, JsonElement> Profiles { get; } = new();

    /// <summary>What took effect, in the order it did.</summary>
    public ConcurrentQueue<FakeCall> Taken { get; } = new();

    /// <summary>How it answers a call that no line of its script is for; null: well.</summary>
    public Func<FakeCall, FakeReply>? Judge { get; set; }

    /// <summary>How many times a change of a new key took effect.</summary>
    public int Effects => _seen.Count;

    public static async Task<FakeTool> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var tool = new FakeTool(app);
        app.Run(tool.AnswerAsync);
        await app.StartAsync();
        return tool;
    }

    /// <summary>The next call is answered this, and has no effect.</summary>
    public FakeTool Then(int status, string? retryAfter = null)
    {
        _script.Enqueue(context =>
        {
            context.Response.StatusCode = status;
            if (retryAfter is not null)
            {
                context.Response.Headers.RetryAfter = retryAfter;
            }

            return Task.FromResult(false);
        });
        return this;
    }

    /// <summary>The next call takes effect, and its answer never comes.</summary>
    public FakeTool ThenDrop()
    {
        _script.Enqueue(context =>
        {
            context.Abort();
            return Task.FromResult(true);
        });
        return this;
    }

    /// <summary>The next call is answered well, once this has happened.</summary>
    public FakeTool ThenAfter(Task happened)
    {
        _script.Enqueue(async _ =>
        {
            await happened;
            return true;
        });
        return this;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var call = new FakeCall(
            $"{context.Request.Headers["webhook-id"]}",
            $"{context.Request.Headers["webhook-timestamp"]}",
            $"{context.Request.Headers["webhook-signature"]}",
            body);
        Calls.Enqueue(call);
        var takes = _script.TryDequeue(out var answer) ? await answer(context) : Follow(context, Judge?.Invoke(call));
        if (takes)
        {
            Take(call);
        }
    }

    private static bool Follow(HttpContext context, FakeReply? answer)
    {
        if (answer is { Drops: true })
        {
            context.Abort();
            return true;
        }

        context.Response.StatusCode = answer?.Status ?? 200;
        if (answer?.RetryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds;
        }

        foreach (var (name, value) in answer?.Headers ?? [])
        {
            context.Response.Headers[name] = value;
        }

        return context.Response.StatusCode == 200;
    }

    private void Take(FakeCall call)
    {
        using var document = JsonDocument.Parse(call.Body);
        if (!_seen.TryAdd(call.Id, 0) || !document.RootElement.GetProperty("data").TryGetProperty("id", out var id))
        {
            return;
        }

        Taken.Enqueue(call);
        if (call.Type.EndsWith(".removed", StringComparison.Ordinal))
        {
            Profiles.TryRemove(id.GetGuid(), out _);
        }
        else
        {
            Profiles[id.GetGuid()] = document.RootElement.GetProperty("data").Clone();
        }
    }
}

/// <summary>What a <see cref="FakeTool"/> answers one call.</summary>
/// <param name="Drops">It takes effect, and its answer never comes.</param>
public sealed record FakeReply(int Status, string? RetryAfter = null, bool Drops = false, Dictionary<string, string>? Headers = null);

/// <summary>One call a <see cref="FakeTool"/> received.</summary>
public sealed record FakeCall(string Id, string Timestamp, string Signature, string Body)
{
    public string Type => JsonDocument.Parse(Body).RootElement.GetProperty("type").GetString() ?? "";

    public Guid Profile => JsonDocument.Parse(Body).RootElement.GetProperty("data").GetProperty("id").GetGuid();
}
