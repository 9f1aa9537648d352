using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Jobs;
using Rcu.Security;

namespace Rcu.Activation;

/// <summary>What a person decides of a push besides sending it: to try it on a few first, to let one go on that the guard stopped.</summary>
public sealed class PushActs(RcuDb db, ISecrets secrets, IJobs jobs, TimeProvider clock)
{
    private static readonly TimeSpan BothSign = TimeSpan.FromHours(24);

    /// <summary>Sends ten profiles for good, the rest not: what the tool makes of them is in the log.</summary>
    public async Task<Result<Run>> TrialAsync(Guid id, string by, CancellationToken ct)
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

        var run = Destinations.NewRun(destination, by, clock.GetUtcNow());
        run.Advance(0, null, Push.Trial);
        db.Runs.Add(run);
        await db.SaveChangesAsync(ct);
        await jobs.EnqueueAsync<ActivateJob>(run.Id, ct);
        return run;
    }

    /// <summary>
    /// Lets the push that the guard stopped go on. It is planned again: should it touch more than <paramref name="number"/> by
    /// then, it stops again.
    /// </summary>
    /// <param name="number">How many profiles it takes away or changes, as the person read it.</param>
    public async Task<Result<Run>> GoOnAsync(Guid id, int number, string by, CancellationToken ct)
    {
        if (await db.Destinations.SingleOrDefaultAsync(d => d.Id == id, ct) is not { } destination)
        {
            return ActivationErrors.NotFound;
        }

        if (destination.State is not DestinationState.Guarded || Asked(destination) is not { } asked)
        {
            return ActivationErrors.NotGuarded;
        }

        if (asked != number)
        {
            return ActivationErrors.WrongNumber(asked);
        }

        var run = await db.Runs.Where(r => r.Stage == "Activation" && r.Subject == id && r.Status == RunStatus.Paused)
            .OrderByDescending(r => r.QueuedAt).FirstOrDefaultAsync(ct);
        if (run is null)
        {
            run = Destinations.NewRun(destination, by, clock.GetUtcNow());
            db.Runs.Add(run);
        }
        else
        {
            run.Restart();
            run.Requeue();
        }

        (destination.State, destination.StateReason, destination.GuardPasses) = (DestinationState.Healthy, null, number);
        db.Audit.Add(new AuditEntry
        {
            At = clock.GetUtcNow(),
            Who = by,
            Action = "destination.guard_passed",
            Subject = $"{id}",
            Details = new Dictionary<string, string> { ["name"] = destination.Name, ["number"] = $"{number}" },
        });
        await db.SaveChangesAsync(ct);
        await jobs.EnqueueAsync<ActivateJob>(run.Id, ct);
        return run;
    }

    /// <summary>A new secret that signs what is sent. The former one signs too for a day: the receiver changes over without losing a message.</summary>
    /// <returns>The secret: it is never shown again.</returns>
    public async Task<Result<string>> RotateSecretAsync(Guid id, string by, CancellationToken ct)
    {
        if (await db.Destinations.SingleOrDefaultAsync(d => d.Id == id, ct) is not { } destination)
        {
            return ActivationErrors.NotFound;
        }

        if (destination.Kind is not ("webhook" or "resthook"))
        {
            return ActivationErrors.NotSigned;
        }

        var fresh = WebhookSignature.NewSecret();
        (destination.FormerSecret, destination.FormerUntil) = (destination.Secret, clock.GetUtcNow() + BothSign);
        destination.Secret = secrets.Protect(fresh);
        Trace(destination, "destination.secret_rotated", by);
        await db.SaveChangesAsync(ct);
        return fresh;
    }

    /// <summary>A new secret for the messages of the tool. The former one still opens until the next is made: nothing is lost meanwhile.</summary>
    /// <returns>The secret: it is never shown again.</returns>
    public async Task<Result<string>> RenewInboundSecretAsync(Guid id, string by, CancellationToken ct)
    {
        if (await db.Destinations.SingleOrDefaultAsync(d => d.Id == id, ct) is not { } destination)
        {
            return ActivationErrors.NotFound;
        }

        var fresh = WebhookSignature.NewSecret();
        var last = destination.InboundSecret is { } locked ? secrets.Open(locked)?.Split(' ')[0] : null;
        destination.InboundSecret = secrets.Protect(last is null ? fresh : $"{fresh} {last}");
        Trace(destination, "destination.inbound_secret_renewed", by);
        await db.SaveChangesAsync(ct);
        return fresh;
    }

    private void Trace(Destination destination, string action, string by) => db.Audit.Add(new AuditEntry
    {
        At = clock.GetUtcNow(),
        Who = by,
        Action = action,
        Subject = $"{destination.Id}",
        Details = new Dictionary<string, string> { ["name"] = destination.Name },
    });

    /// <summary>The number that a person must type to let the push go on; null when none was stopped.</summary>
    public static int? Asked(Destination destination) =>
        destination is { State: DestinationState.Guarded, GuardRemovals: { } removals, GuardChanges: { } changes } ? MassGuard.Asked(removals, changes) : null;
}
