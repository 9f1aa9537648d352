using System.Text.Json;

namespace Rcu.Activation;

/// <summary>A kind of tool customers are pushed to. It tries once and reports; retries belong to <see cref="Push"/>.</summary>
public interface IDestinationConnector
{
    /// <summary>The stable name kept in the database.</summary>
    string Kind { get; }

    /// <summary>The record that declares its settings: forms are made from it.</summary>
    Type Settings { get; }

    /// <summary>Whether it opens with a secret that only the tool can give.</summary>
    bool NeedsSecret => false;

    /// <summary>The most changes one call may carry.</summary>
    int BatchSize { get; }

    /// <summary>Whether each change is a call of its own: a batch is then as long as the tool takes a moment for, and no longer.</summary>
    bool IsOneByOne => false;

    /// <summary>How many profiles one call of its tool carries.</summary>
    int PerCall => IsOneByOne ? 1 : BatchSize;

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
/// <param name="Payload">What the profile is now, whole; only its identifier when it is to go.</param>
/// <param name="RemoteId">What the tool called it; null before it has answered once.</param>
/// <param name="Held">The payload the tool last said it took, so that only what differs is sent; null when that is not known for sure.</param>
public sealed record Change(
    string Key, string Type, Guid ProfileId, DateTimeOffset At, JsonElement Payload, string? RemoteId = null, JsonElement? Held = null)
{
    /// <summary>The profile is to leave the tool.</summary>
    public bool IsRemoval => Type.EndsWith(".removed", StringComparison.Ordinal);

    /// <summary>It is a company; else a person.</summary>
    public bool IsAccount => Type.StartsWith("account.", StringComparison.Ordinal);
}

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
    /// <param name="IsGone">It said so itself, for good (410).</param>
    public sealed record Closed(string Why, string? Answer = null, bool IsGone = false) : Outcome(Answer);
}
