using System.Collections.Concurrent;
using System.Text.Json;

namespace Rcu.Simulators;

/// <summary>What a simulator does wrong, as a script tells it; set from a test, or by <c>POST /{vendor}/_faults</c>.</summary>
public sealed class Faults
{
    private readonly ConcurrentQueue<Fault> _next = new();

    /// <summary>Whatever the secret, nobody is let in.</summary>
    public bool IsTokenRevoked { get; set; }

    /// <summary>A field the account no longer has: someone renamed it.</summary>
    public string? MissingField { get; set; }

    /// <summary>How long each answer takes.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>The next call that changes something is answered this, and has no effect.</summary>
    public Faults Then(int status, string? retryAfter = null)
    {
        _next.Enqueue(new Fault(status, retryAfter, Drops: false));
        return this;
    }

    /// <summary>The next call that changes something takes effect, and its answer never comes.</summary>
    public Faults ThenDrop()
    {
        _next.Enqueue(new Fault(0, null, Drops: true));
        return this;
    }

    public void Clear()
    {
        _next.Clear();
        (IsTokenRevoked, MissingField, Latency) = (false, null, TimeSpan.Zero);
    }

    internal Fault? Take() => _next.TryDequeue(out var fault) ? fault : null;

    // {"statuses":[500,429],"retryAfter":"2","dropAfterApplying":1,"latencyMs":100,"revokedToken":true,"missingField":"SIREN"}
    internal void Script(JsonElement said)
    {
        foreach (var status in said.List("statuses"))
        {
            Then(status.GetInt32(), said.Text("retryAfter"));
        }

        for (var i = 0; said.Text("dropAfterApplying") is { } drops && i < int.Parse(drops, System.Globalization.CultureInfo.InvariantCulture); i++)
        {
            ThenDrop();
        }

        IsTokenRevoked = said.Text("revokedToken") is { } revoked ? revoked == "true" : IsTokenRevoked;
        MissingField = said.Text("missingField") ?? MissingField;
        Latency = said.Text("latencyMs") is { } latency ? TimeSpan.FromMilliseconds(double.Parse(latency, System.Globalization.CultureInfo.InvariantCulture)) : Latency;
    }
}

internal sealed record Fault(int Status, string? RetryAfter, bool Drops);
