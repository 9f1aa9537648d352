using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Jobs;
using Rcu.Security;

namespace Rcu.Activation;

/// <summary>Tells a tool everything again, as if nothing were known of it; what that costs is said first.</summary>
public sealed class Resync(RcuDb db, IEnumerable<IDestinationConnector> connectors, Destinations destinations, TimeProvider clock)
{
    /// <summary>What it would take. The time is at the rate the tool allows, else at the pace of the last push; null when neither is known.</summary>
    public async Task<Result<ResyncCost>> CostAsync(Guid id, CancellationToken ct)
    {
        if (await db.Destinations.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct) is not { } destination)
        {
            return ActivationErrors.NotFound;
        }

        if (destination.SegmentId is null || connectors.FirstOrDefault(c => c.Kind == destination.Kind) is not { } connector)
        {
            return ActivationErrors.NoSegment;
        }

        var profiles = await db.SegmentMembers.CountAsync(m => m.SegmentId == destination.SegmentId && m.ExitedAt == null, ct);
        var calls = (profiles + connector.PerCall - 1) / connector.PerCall;
        var allowed = await db.Database.SqlQuery<double?>(
            $"""select calls * 1000 / span_ms as "Value" from destination_budgets where destination_id = {id} and calls < 1000000""").FirstOrDefaultAsync(ct);
        var last = await db.Runs.AsNoTracking()
            .Where(r => r.Stage == "Activation" && r.Subject == id && r.Status == RunStatus.Succeeded && r.Done > 0 && r.AttemptAt != null && r.EndedAt != null)
            .OrderByDescending(r => r.QueuedAt).Select(r => new { r.Done, r.AttemptAt, r.EndedAt }).FirstOrDefaultAsync(ct);
        TimeSpan? took = allowed is > 0 ? TimeSpan.FromSeconds(calls / allowed.Value)
            : last is not null ? (last.EndedAt!.Value - last.AttemptAt!.Value) * ((double)profiles / last.Done)
            : null;
        return new ResyncCost(profiles, calls, took, allowed);
    }

    /// <summary>Forgets what the tool is known to hold, and pushes. What did not change here does not count for the guard.</summary>
    public async Task<Result<Run>> RunAsync(Guid id, string by, CancellationToken ct)
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

        await Destinations.ForgetAsync(db.DestinationProfiles.Where(p => p.DestinationId == id), ct);
        db.Audit.Add(new AuditEntry
        {
            At = clock.GetUtcNow(),
            Who = by,
            Action = "destination.resynchronised",
            Subject = $"{id}",
            Details = new Dictionary<string, string> { ["name"] = destination.Name },
        });
        await db.SaveChangesAsync(ct);
        return await destinations.SendAsync(id, by, ct);
    }
}

/// <summary>What telling a tool everything again takes.</summary>
/// <param name="Profiles">How many profiles its segment holds.</param>
/// <param name="Calls">How many calls carry them, at least.</param>
/// <param name="Took">How long, at least; null when nothing is known of it yet.</param>
/// <param name="PerSecond">How many calls a second the tool allows; null when it says nothing of it.</param>
public sealed record ResyncCost(int Profiles, int Calls, TimeSpan? Took, double? PerSecond);
