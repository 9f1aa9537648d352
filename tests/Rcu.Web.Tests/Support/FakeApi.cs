using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Rcu.Web.Tests.Support;

/// <summary>An API that listens on this machine, answers as a test's simulator says, and holds what it was asked.</summary>
public sealed class FakeApi : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<FakeAnswer> _instead = new();

    private FakeApi(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    /// <summary>Every call, in the order they came.</summary>
    public ConcurrentQueue<FakeAsk> Asked { get; } = new();

    public static async Task<FakeApi> StartAsync(Func<FakeAsk, FakeAnswer> simulator)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var api = new FakeApi(app);
        app.Run(context => api.AnswerAsync(context, simulator));
        await app.StartAsync();
        return api;
    }

    /// <summary>The next call is answered this instead.</summary>
    public void Then(int status, object? body = null, params (string Name, string Value)[] headers) => _instead.Enqueue(new FakeAnswer(status, body, headers));

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context, Func<FakeAsk, FakeAnswer> simulator)
    {
        using var reader = new StreamReader(context.Request.Body);
        var request = context.Request;
        var ask = new FakeAsk(
            request.Method, request.Path.Value!, request.Query.ToDictionary(q => q.Key, q => q.Value.ToString()),
            request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), await reader.ReadToEndAsync());
        Asked.Enqueue(ask);
        var answer = _instead.TryDequeue(out var instead) ? instead : simulator(ask);
        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (answer.Body is not null)
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(answer.Body as string ?? JsonSerializer.Serialize(answer.Body));
        }
    }
}

/// <summary>One call a <see cref="FakeApi"/> received.</summary>
public sealed record FakeAsk(string Method, string Path, IReadOnlyDictionary<string, string> Query, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>What it answers.</summary>
public sealed record FakeAnswer(int Status, object? Body, params (string Name, string Value)[] Headers);
