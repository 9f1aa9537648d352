using System.Text.Json;

namespace Rcu.Activation;

/// <summary>A kind of tool customers are pushed to. It tries once and reports; retries belong to <see cref="Push"/>.</summary>
public interface IDestinationConnector
{
    /// <summary>The stable name kept in the database.</summary>
    string Kind { get; }

    /// <summary>The most changes one call may carry.</summary>
    int BatchSize { get; }

    /// <summary>What is wrong with these settings, before any call; null when nothing is.</summary>
    Error? Refusal(JsonElement settings);

    /// <summary>Whether the tool answers. Never throws for a wrong address or secret.</summary>
    Task<Result<string>> TestAsync(JsonElement settings, string? secret, CancellationToken ct);

    /// <summary>The exact text the tool would receive.</summary>
    string Show(Change change);

    /// <summary>One outcome per change, in the same order.</summary>
    Task<IReadOnlyList<Outcome>> DeliverAsync(DeliveryBatch batch, CancellationToken ct);
}

/// <summary>Changes for one tool, at most one per profile.</summary>
public sealed record DeliveryBatch(
    Guid DestinationId, Guid RunId, JsonElement Settings, string? Secret, IReadOnlyList<Change> Changes);

/// <summary>What to make true in the tool. Sending it twice must do no harm: <paramref name="Key"/> is the same each time.</summary>
/// <param name="Type">For example <c>contact.upserted</c>.</param>
/// <param name="At">When the change was decided: the same at each try.</param>
public sealed record Change(string Key, string Type, Guid ProfileId, DateTimeOffset At, JsonElement Payload);

/// <summary>What a tool made of one change.</summary>
public abstract record Outcome(string? Answer)
{
    public sealed record Delivered(string? RemoteId, string? Answer = null) : Outcome(Answer);

    /// <summary>The tool understood and refuses this profile: a person must act.</summary>
    public sealed record Rejected(string Why, string? Answer = null) : Outcome(Answer);

    /// <summary>The tool is busy or down: the same change will be sent again.</summary>
    /// <param name="Delay">What the tool asks for; null when it does not say.</param>
    public sealed record RetryAfter(string Why, TimeSpan? Delay = null, string? Answer = null) : Outcome(Answer);

    /// <summary>The tool does not let us in: nothing more is sent until a person renews the secret.</summary>
    public sealed record CredentialsRefused(string Why, string? Answer = null) : Outcome(Answer);

    /// <summary>The address no longer receives: nothing more is sent until a person corrects it.</summary>
    public sealed record Closed(string Why, string? Answer = null) : Outcome(Answer);
}
