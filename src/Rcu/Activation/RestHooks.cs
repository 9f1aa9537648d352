using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rcu.Activation.Connectors.RestHook;
using Rcu.Data;
using Rcu.Security;

namespace Rcu.Activation;

/// <summary>Addresses that programs subscribe to a segment, and unsubscribe, by themselves: who comes in, changes and leaves is told there.</summary>
public sealed class RestHooks(RcuDb db, Destinations destinations, TimeProvider clock)
{
    public async Task<Result<Destination>> SubscribeAsync(Uri target, Guid segment, string by, CancellationToken ct)
    {
        var address = JsonSerializer.SerializeToElement(new { url = target });
        var same = await db.Destinations.AsNoTracking().Where(d => d.Kind == RestHookConnector.Name && d.SegmentId == segment).ToListAsync(ct);
        if (same.Find(d => d.Settings.GetProperty("url").GetString() == target.OriginalString) is { } there)
        {
            return there; // asked twice, told once
        }

        var made = await destinations.CreateAsync(new SaveDestination($"{target.Host} ({by})", RestHookConnector.Name, address, null, segment), by, ct);
        if (made.Succeeded)
        {
            await destinations.SendAsync(made.Value.Id, by, ct);
        }

        return made;
    }

    /// <summary>Nothing more is sent there, ever; the log of what was sent stays.</summary>
    public async Task<Result<Destination>> UnsubscribeAsync(Guid id, string by, CancellationToken ct)
    {
        if (await db.Destinations.SingleOrDefaultAsync(d => d.Id == id && d.Kind == RestHookConnector.Name, ct) is not { } hook)
        {
            return ActivationErrors.NotFound;
        }

        End(hook, Refusals.Unsubscribed);
        db.Audit.Add(new AuditEntry
        {
            At = clock.GetUtcNow(),
            Who = by,
            Action = "destination.unsubscribed",
            Subject = $"{id}",
            Details = new Dictionary<string, string> { ["name"] = hook.Name },
        });
        await db.SaveChangesAsync(ct);
        await db.Outbox.Where(o => o.DestinationId == id && o.Status != OutboxStatus.Sent).ExecuteDeleteAsync(ct);
        return hook;
    }

    /// <summary>What ends a subscription, however it ends.</summary>
    internal static void End(Destination hook, string why) => (hook.State, hook.StateReason, hook.SegmentId) = (DestinationState.Paused, why, null);
}
