using System.Text.Json;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Rcu.Activation.Connectors.RestHook;
using Rcu.Data;
using Rcu.Jobs;
using Rcu.Security;
using Rcu.Segmentation;

namespace Rcu.Activation;

/// <summary>What a person can do with destinations: set them up, try them, stop them, send.</summary>
public sealed class Destinations(
    RcuDb db,
    IValidator<SaveDestination> validator,
    IEnumerable<IDestinationConnector> connectors,
    ISecrets secrets,
    PushPlan plan,
    IJobs jobs,
    TimeProvider clock)
{
    /// <summary>The kinds a person may set up, by name; a program subscribes the other by itself.</summary>
    public IReadOnlyList<string> Kinds => [.. connectors.Where(c => c.Kind != RestHookConnector.Name).Select(c => c.Kind).Order(StringComparer.Ordinal)];

    /// <summary>The record that declares the settings of a kind; null for a kind there is none of.</summary>
    public Type? SettingsOf(string kind) => connectors.FirstOrDefault(c => c.Kind == kind)?.Settings;

    /// <summary>Whether a kind opens with a secret that only the tool can give.</summary>
    public bool NeedsSecret(string kind) => connectors.Any(c => c.Kind == kind && c.NeedsSecret);

    public async Task<Result<Destination>> CreateAsync(SaveDestination command, string by, CancellationToken ct)
    {
        if (await RefusalAsync(command, ct) is { } refused)
        {
            return refused;
        }

        if (NeedsSecret(command.Kind) && string.IsNullOrWhiteSpace(command.Secret))
        {
            return ActivationErrors.NoSecret;
        }

        var destination = new Destination
        {
            Name = command.Name.Trim(),
            Kind = command.Kind,
            Settings = command.Settings,
            Secret = command.Secret is { Length: > 0 } secret ? secrets.Protect(secret) : null,
            SegmentId = command.SegmentId,
            State = DestinationState.Healthy,
            CreatedBy = by,
            CreatedAt = clock.GetUtcNow(),
        };
        db.Destinations.Add(destination);
        Trace("destination.created", destination, by);
        await db.SaveChangesAsync(ct);
        return destination;
    }

    /// <summary>Changes its name, its settings, its segment, and its secret when a new one is given. Its kind stays.</summary>
    public async Task<Result<Destination>> UpdateAsync(Guid id, SaveDestination command, string by, CancellationToken ct)
    {
        if (await RefusalAsync(command, ct) is { } refused)
        {
            return refused;
        }

        if (await db.Destinations.SingleOrDefaultAsync(d => d.Id == id, ct) is not { } destination)
        {
            return ActivationErrors.NotFound;
        }

        (destination.Name, destination.Settings, destination.SegmentId) = (command.Name.Trim(), command.Settings, command.SegmentId);
        if (command.Secret is { Length: > 0 } secret)
        {
            destination.Secret = secrets.Protect(secret);
            Reopen(destination);
        }

        Trace("destination.changed", destination, by);
        await db.SaveChangesAsync(ct);
        return destination;
    }

    /// <summary>Asks the tool whether it would let us in, with settings that may not be saved yet.</summary>
    public async Task<Result<string>> TestAsync(string kind, JsonElement settings, string? secret, CancellationToken ct) =>
        connectors.FirstOrDefault(c => c.Kind == kind) is not { } connector ? ActivationErrors.UnknownKind(kind)
        : connector.Refusal(settings) is { } refused ? refused
        : await connector.TestAsync(settings, string.IsNullOrEmpty(secret) ? null : secret, ct);

    /// <summary>Asks the tool of a destination whether it lets us in.</summary>
    public async Task<Result<string>> TestAsync(Guid id, CancellationToken ct)
    {
        if (await db.Destinations.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct) is not { } destination)
        {
            return ActivationErrors.NotFound;
        }

        var secret = secrets.Of(destination, clock.GetUtcNow());
        return destination.Secret is not null && secret is null
            ? ActivationErrors.SecretLost
            : await TestAsync(destination.Kind, destination.Settings, secret, ct);
    }

    /// <summary>Nothing more is sent until it is resumed; changes wait.</summary>
    public async Task<Result<Destination>> PauseAsync(Guid id, string by, CancellationToken ct) =>
        await ChangeAsync(id, "destination.paused", by, d => (d.State, d.StateReason) = (DestinationState.Paused, null), ct);

    public async Task<Result<Destination>> ResumeAsync(Guid id, string by, CancellationToken ct) =>
        await ChangeAsync(id, "destination.resumed", by, Reopen, ct);

    /// <summary>What would be sent now: the balance, and the exact text of up to ten profiles. Nothing is written nor sent.</summary>
    public async Task<Result<DryRun>> DryRunAsync(SaveDestination command, Guid? id, CancellationToken ct)
    {
        var connector = connectors.FirstOrDefault(c => c.Kind == command.Kind);
        if (connector is null)
        {
            return ActivationErrors.UnknownKind(command.Kind);
        }

        var target = await db.Segments.Where(s => s.Id == command.SegmentId).Select(s => (SegmentTarget?)s.Target).SingleOrDefaultAsync(ct);
        if (target is null)
        {
            return ActivationErrors.NoSegment;
        }

        var destination = new Destination
        {
            Id = id ?? Guid.CreateVersion7(),
            Name = command.Name,
            Kind = command.Kind,
            Settings = command.Settings,
            SegmentId = command.SegmentId,
            Fields = await db.Destinations.Where(d => d.Id == id).Select(d => d.Fields).FirstOrDefaultAsync(ct),
            State = DestinationState.Healthy,
            CreatedBy = "",
            CreatedAt = clock.GetUtcNow(),
        };
        var (figures, first) = await plan.TryAsync(destination, target.Value, ct);
        var noun = target is SegmentTarget.Accounts ? "account" : "contact";
        return new DryRun(figures, [.. first.Select(change => change.Verdict is PlanVerdict.Filtered
            ? new DryLine(change.ProfileId, change.Name, change.Verdict, null, change.Refusal)
            : new DryLine(change.ProfileId, change.Name, change.Verdict, connector.Show(Shown(change, noun)), null))]);
    }

    /// <summary>Sends in the background what the tool does not hold yet. One that already waits or runs is answered instead.</summary>
    public async Task<Result<Run>> SendAsync(Guid id, string by, CancellationToken ct)
    {
        if (await db.Destinations.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct) is not { } destination)
        {
            return ActivationErrors.NotFound;
        }

        if (destination.IsStopped)
        {
            return ActivationErrors.Paused;
        }

        if (destination.SegmentId is null)
        {
            return ActivationErrors.NoSegment;
        }

        var run = await db.Runs.FirstOrDefaultAsync(
            r => r.Stage == "Activation" && r.Subject == id && (r.Status == RunStatus.Queued || r.Status == RunStatus.Running), ct);
        if (run is null)
        {
            run = NewRun(destination, by, clock.GetUtcNow());
            db.Runs.Add(run);
            await db.SaveChangesAsync(ct);
        }

        await jobs.EnqueueAsync<ActivateJob>(run.Id, ct);
        return run;
    }

    /// <summary>Gives a refused or waiting change another chance, now. Of one profile the tool took already, it is told again as it is now.</summary>
    public async Task<Result<Run>> ResendAsync(Guid id, Guid? profile, string by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var rows = await db.Outbox
            .Where(o => o.DestinationId == id && o.Status != OutboxStatus.Sent && (profile == null || o.ProfileId == profile))
            .ExecuteUpdateAsync(o => o.SetProperty(x => x.Status, OutboxStatus.Waiting).SetProperty(x => x.Attempts, 0).SetProperty(x => x.DueAt, now), ct);
        return rows > 0 || (profile is not null && await ForgetAsync(db.DestinationProfiles.Where(p => p.DestinationId == id && p.ProfileId == profile), ct) > 0)
            ? await SendAsync(id, by, ct) : ActivationErrors.DeliveryNotFound;
    }

    /// <summary>Tells a tool again, as it is now, all it took from an instant on: it lost what it was told.</summary>
    public async Task<Result<Run>> ReplayAsync(Guid id, DateTimeOffset since, string by, CancellationToken ct) =>
        await ForgetAsync(db.DestinationProfiles.Where(p => p.DestinationId == id && p.SentAt >= since), ct) > 0
            ? await SendAsync(id, by, ct) : ActivationErrors.DeliveryNotFound;

    // What is not known for sure of a tool is told again, whole.
    internal static Task<int> ForgetAsync(IQueryable<DestinationProfile> held, CancellationToken ct) =>
        held.ExecuteUpdateAsync(p => p.SetProperty(x => x.ContentHash, Array.Empty<byte>()), ct);

    internal static Run NewRun(Destination destination, string by, DateTimeOffset now) => new()
    {
        Stage = "Activation",
        Subject = destination.Id,
        Label = destination.Name,
        RequestedBy = by,
        QueuedAt = now,
    };

    private static void Reopen(Destination destination) =>
        (destination.State, destination.StateReason, destination.Failures, destination.PausedUntil) = (DestinationState.Healthy, null, 0, null);

    private Change Shown(PlannedChange change, string noun) => new(
        "msg_…",
        change.Verdict is PlanVerdict.Remove ? $"{noun}.removed" : $"{noun}.upserted",
        change.ProfileId,
        clock.GetUtcNow(),
        JsonSerializer.Deserialize<JsonElement>(change.Payload),
        change.RemoteId,
        change.Held is null ? null : JsonSerializer.Deserialize<JsonElement>(change.Held));

    private async Task<Error?> RefusalAsync(SaveDestination command, CancellationToken ct) =>
        validator.Refusal(command) is { } malformed ? malformed
        : connectors.FirstOrDefault(c => c.Kind == command.Kind) is not { } connector ? ActivationErrors.UnknownKind(command.Kind)
        : connector.Refusal(command.Settings) is { } refused ? refused
        : command is { Kind: "webhook", Secret.Length: > 0 } && !WebhookSignature.IsSecret(command.Secret) ? ActivationErrors.BadSecret
        : await db.Segments.AnyAsync(s => s.Id == command.SegmentId && s.ArchivedAt == null, ct) ? null
        : SegmentationErrors.NotFound;

    private async Task<Result<Destination>> ChangeAsync(Guid id, string action, string by, Action<Destination> change, CancellationToken ct)
    {
        if (await db.Destinations.SingleOrDefaultAsync(d => d.Id == id, ct) is not { } destination)
        {
            return ActivationErrors.NotFound;
        }

        change(destination);
        Trace(action, destination, by);
        await db.SaveChangesAsync(ct);
        return destination;
    }

    private void Trace(string action, Destination destination, string by) => db.Audit.Add(new AuditEntry
    {
        At = clock.GetUtcNow(),
        Who = by,
        Action = action,
        Subject = $"{destination.Id}",
        Details = new Dictionary<string, string> { ["name"] = destination.Name },
    });
}
