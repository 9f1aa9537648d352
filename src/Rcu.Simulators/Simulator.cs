using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Rcu.Simulators;

/// <summary>
/// A tool the hub feeds, played on this machine: it keeps what it is told, under numbers of its own, with the limits and the
/// refusals its vendor documents. It is not the vendor's, and no vendor was called to make it.
/// </summary>
public abstract class Simulator(string name, RateWindow rate)
{
    private static readonly JsonSerializerOptions AsWritten =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly HttpClient Messenger = new() { Timeout = TimeSpan.FromSeconds(10) };

    private static readonly JsonSerializerOptions Whole = new() { IncludeFields = true };

    private readonly Lock _gate = new();

    /// <summary>Its name, and its place below the address of the simulators.</summary>
    public string Name => name;

    public Faults Faults { get; } = new();

    public RateWindow Rate => rate;

    /// <summary>The secret it lets in.</summary>
    public abstract string Secret { get; }

    /// <summary>Where it tells who unsubscribed; null when it tells nobody.</summary>
    public Hook? Hook { get; set; }

    /// <summary>How many calls came, refused ones too.</summary>
    public int Calls { get; private set; }

    /// <summary>How many of them were refused for coming too fast.</summary>
    public int TooFast { get; private set; }

    /// <summary>Moves whenever what it holds may have changed.</summary>
    internal int Version { get; private set; }

    /// <summary>What it holds, for a person to look at: the name of each shelf, and its rows by column.</summary>
    public abstract IReadOnlyList<(string Shelf, IReadOnlyList<IReadOnlyDictionary<string, string?>> Rows)> Shelves { get; }

    /// <summary>All it must still know after a restart: objects that JSON can carry there and back.</summary>
    protected abstract object Memory { get; }

    protected abstract void Remember(JsonElement memory);

    /// <summary>What it holds as a text, to be given back to <see cref="Remember(string)"/>.</summary>
    internal string Keep()
    {
        lock (_gate)
        {
            return JsonSerializer.Serialize(Memory, Whole);
        }
    }

    internal void Remember(string kept) => Remember(JsonElement.Parse(kept));

    protected static T Read<T>(JsonElement memory) => memory.Deserialize<T>(Whole)!;

    /// <summary>Whether the call shows the right secret.</summary>
    protected abstract bool LetsIn(Ask ask);

    /// <summary>The vendor's own words for a status: a secret refused, a limit passed, a breakdown, a malformed call.</summary>
    protected abstract Reply Error(int status, string? retryAfter);

    protected abstract Reply Answer(Ask ask);

    /// <summary>Takes a person out of every mailing, as they would themselves.</summary>
    /// <returns>Its message about it, in its own words; null when it knows nobody of this address, or has no such message.</returns>
    protected abstract HookMessage? Unsubscribe(string email, DateTimeOffset at);

    /// <summary>A person unsubscribes here, and whoever listens is told.</summary>
    /// <returns>The status of the listener's answer; null when nobody was told.</returns>
    public async Task<int?> UnsubscribeAsync(string email, DateTimeOffset at, CancellationToken ct)
    {
        HookMessage? message;
        lock (_gate)
        {
            message = Unsubscribe(email, at);
            Version++;
        }

        if (message is null || Hook is not { } hook)
        {
            return null;
        }

        using var post = new HttpRequestMessage(HttpMethod.Post, hook.Url) { Content = new StringContent(message.Body, Encoding.UTF8, message.Type) };
        post.Headers.Authorization = new AuthenticationHeaderValue("Bearer", hook.Secret);
        using var answer = await Messenger.SendAsync(post, ct);
        return (int)answer.StatusCode;
    }

    /// <summary>Headers every answer carries.</summary>
    protected virtual (string, string)[] Limits => [];

    internal async Task HandleAsync(HttpContext context, string[] steps)
    {
        var ask = await Ask.ReadAsync(context.Request, steps, context.RequestAborted);
        if (Faults.Latency > TimeSpan.Zero)
        {
            await Task.Delay(Faults.Latency, context.RequestAborted);
        }

        Reply reply;
        bool drops;
        lock (_gate)
        {
            (reply, drops) = Judge(ask);
        }

        if (drops)
        {
            context.Abort();
            return;
        }

        await WriteAsync(context.Response, reply);
    }

    // Only calls that change something follow the script: a reading is no place for an accident to hide.
    private (Reply Reply, bool Drops) Judge(Ask ask)
    {
        Calls++;
        Version++;
        if (Faults.IsTokenRevoked || !LetsIn(ask))
        {
            return (Error(401, null), false);
        }

        if (rate.Wait() is { } wait)
        {
            TooFast++;
            return (Error(429, Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture)), false);
        }

        var fault = Changes(ask) ? Faults.Take() : null;
        return fault is { Drops: false } ? (Error(fault.Status, fault.RetryAfter), false) : (Answer(ask), fault is { Drops: true });
    }

    /// <summary>Whether the call changes something.</summary>
    protected virtual bool Changes(Ask ask) => ask.Method != "GET";

    private async Task WriteAsync(HttpResponse response, Reply reply)
    {
        response.StatusCode = reply.Status;
        foreach (var (header, value) in Limits.Concat(reply.Headers))
        {
            response.Headers[header] = value;
        }

        if (reply.Body is string text)
        {
            response.ContentType = "text/csv; charset=utf-8";
            await response.WriteAsync(text);
        }
        else if (reply.Body is not null)
        {
            response.ContentType = "application/json; charset=utf-8";
            await response.WriteAsync(JsonSerializer.Serialize(reply.Body, AsWritten));
        }
    }
}

/// <summary>Who is told what happens in a tool.</summary>
/// <param name="Secret">Shown after « Bearer ».</param>
public sealed record Hook(Uri Url, string Secret);

/// <summary>A tool's message, in its own words.</summary>
public sealed record HookMessage(string Type, string Body)
{
    internal static HookMessage Json(object body) => new("application/json", JsonSerializer.Serialize(body));
}
