using Microsoft.EntityFrameworkCore;
using Rcu.Data;

namespace Rcu.Activation;

/// <summary>The destinations that a person must look at, and why: the most pressing first.</summary>
public sealed class DestinationAlerts(RcuDb db, TimeProvider clock)
{
    /// <summary>How many refused profiles nobody is woken for.</summary>
    private const int FewRejected = 10;

    /// <summary>One refused profile among so many that are there is an alert.</summary>
    private const int OneIn = 20;

    public async Task<IReadOnlyList<DestinationAlert>> ReadAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var rows = await db.Destinations.AsNoTracking()
            .Where(d => d.State == DestinationState.CredentialsNeeded || d.State == DestinationState.Guarded || (d.State == DestinationState.Paused && d.StateReason != null)
                || d.PausedUntil > now || db.Outbox.Any(o => o.DestinationId == d.Id && o.Status == OutboxStatus.Dead))
            .Select(d => new
            {
                Tool = d,
                Rejected = db.Outbox.Count(o => o.DestinationId == d.Id && o.Status == OutboxStatus.Dead),
                Held = db.DestinationProfiles.Count(p => p.DestinationId == d.Id),
            })
            .ToListAsync(ct);
        return
        [
            .. rows.Select(row => (row.Tool, row.Rejected, Kind: KindOf(row.Tool, row.Rejected, row.Held, now)))
                .Where(one => one.Kind is not null)
                .OrderBy(one => one.Kind).ThenBy(one => one.Tool.Name, StringComparer.CurrentCulture)
                .Select(one => new DestinationAlert(one.Tool.Id, one.Tool.Name, one.Kind!.Value, one.Tool.StateReason, one.Tool.PausedUntil, one.Rejected)),
        ];
    }

    private static DestinationAlertKind? KindOf(Destination tool, int rejected, int held, DateTimeOffset now) => tool switch
    {
        { State: DestinationState.CredentialsNeeded } => DestinationAlertKind.CredentialsNeeded,
        { State: DestinationState.Guarded } => DestinationAlertKind.MassGuard,
        { State: DestinationState.Paused, StateReason: not null } => DestinationAlertKind.ClosedByTool,
        { IsStopped: false } when tool.PausedUntil > now => DestinationAlertKind.BreakerOpen,
        _ when rejected > Math.Max(FewRejected, held / OneIn) => DestinationAlertKind.ManyRejected,
        _ => null,
    };
}

/// <summary>Why a destination must be looked at.</summary>
/// <param name="Why">What the tool or the guard said, as a person reads it.</param>
/// <param name="Until">When the tool is tried again by itself.</param>
/// <param name="Rejected">How many profiles it refuses.</param>
public sealed record DestinationAlert(Guid Id, string Name, DestinationAlertKind Kind, string? Why, DateTimeOffset? Until, int Rejected);

/// <summary>The most pressing first.</summary>
public enum DestinationAlertKind
{
    /// <summary>The tool no longer lets us in.</summary>
    CredentialsNeeded,

    /// <summary>A push that would take away or change too much waits for a person.</summary>
    MassGuard,

    /// <summary>The tool said that it takes nothing more: a field, a list or the address is gone.</summary>
    ClosedByTool,

    /// <summary>It fails on everything: it is left alone for a while, then tried again.</summary>
    BreakerOpen,

    /// <summary>It refuses more profiles than one may overlook.</summary>
    ManyRejected,
}
