using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Security;
using Rcu.Segmentation;

namespace Rcu.Activation;

/// <summary>Why one account or contact is, or is not, in each tool: the legal or technical reason, and what would change it.</summary>
public sealed class Whereabouts(RcuDb db, SegmentPeople people)
{
    /// <summary>One line for each destination that takes such profiles; empty when nobody of this scope may see the profile.</summary>
    public async Task<IReadOnlyList<Whereabout>> OfAsync(AccountScope scope, SegmentTarget target, Guid profile, CancellationToken ct)
    {
        var isVisible = target is SegmentTarget.Accounts
            ? await scope.Accounts(db).AnyAsync(a => a.Id == profile, ct)
            : await scope.Contacts(db).AnyAsync(c => c.Id == profile, ct);
        if (!isVisible)
        {
            return [];
        }

        var tools = await db.Destinations.AsNoTracking()
            .Join(db.Segments.Where(s => s.Target == target), d => d.SegmentId, s => s.Id, (d, s) => new { Tool = d, Segment = s })
            .OrderBy(t => t.Tool.Name).ThenBy(t => t.Tool.Id)
            .Select(t => new
            {
                t.Tool,
                t.Segment,
                IsMember = db.SegmentMembers.Any(m => m.SegmentId == t.Segment.Id && m.MemberId == profile && m.ExitedAt == null),
                Held = db.DestinationProfiles.FirstOrDefault(p => p.DestinationId == t.Tool.Id && p.ProfileId == profile),
                Open = db.Outbox.Where(o => o.DestinationId == t.Tool.Id && o.ProfileId == profile && o.Status != OutboxStatus.Sent).OrderByDescending(o => o.Id).FirstOrDefault(),
                Last = db.Deliveries.Where(d => d.DestinationId == t.Tool.Id && d.ProfileId == profile).OrderByDescending(d => d.At).ThenByDescending(d => d.Id).FirstOrDefault(),
            })
            .ToListAsync(ct);
        var lines = new List<Whereabout>();
        foreach (var tool in tools)
        {
            var (where, why, at) = Judge(tool.Tool, tool.IsMember, tool.Held, tool.Open, tool.Last);
            var line = new Whereabout(tool.Tool.Id, tool.Tool.Name, where, why, at, tool.Held?.RemoteId, target, tool.Segment.Id, tool.Segment.Name);
            lines.Add(where is Where.OutOfSegment && !tool.Segment.IsFrozen
                && await people.ExplainAsync(scope, target, profile, tool.Segment.Rule, ct) is { Succeeded: true } reason
                    ? line with { Rule = reason.Value }
                    : line);
        }

        return lines;
    }

    private static (Where Where, string? Why, DateTimeOffset? At) Judge(
        Destination tool, bool isMember, DestinationProfile? held, OutboxChange? open, Delivery? last) => (open, held) switch
        {
            ({ Status: OutboxStatus.Dead }, _) => (Where.Refused, last?.Reason, last?.At),
            ({ Change: ChangeKind.Remove, DueAt: var due }, _) => (Where.Leaving, tool.IsStopped ? tool.StateReason : null, due),
            _ when tool.IsStopped && (open is not null || (isMember && held is null)) => (Where.Stopped, tool.StateReason, null),
            ({ Attempts: > 0, DueAt: var due }, _) => (Where.Waiting, last?.Reason, due),
            ({ DueAt: var due }, _) => (Where.Coming, null, due),
            (_, { SilencedAt: { } since }) => (Where.SaidNoThere, null, since),
            (_, { ContentHash.Length: > 0, SentAt: var sent }) => (Where.Present, null, sent),
            _ when !isMember => (Where.OutOfSegment, null, null),
            _ when last is { Status: DeliveryStatus.Filtered } => (Where.LeftOut, last.Reason, last.At),
            _ => (Where.Coming, null, null),
        };
}

/// <param name="Why">The reason, as a person reads it.</param>
/// <param name="At">Since when, or when it is tried next.</param>
/// <param name="RemoteId">What the tool calls the profile.</param>
public sealed record Whereabout(
    Guid DestinationId, string Destination, Where Where, string? Why, DateTimeOffset? At, string? RemoteId, SegmentTarget Target, Guid SegmentId,
    string SegmentName)
{
    /// <summary>Condition by condition, why the segment does not hold it.</summary>
    public SegmentReason? Rule { get; init; }
}

/// <summary>Where a profile stands with a tool.</summary>
public enum Where
{
    /// <summary>The tool holds it as it is here.</summary>
    Present,

    /// <summary>It leaves with the next push.</summary>
    Coming,

    /// <summary>The tool did not take it yet: it is tried again.</summary>
    Waiting,

    /// <summary>The tool refuses it: a person must act.</summary>
    Refused,

    /// <summary>Its removal is on its way.</summary>
    Leaving,

    /// <summary>It may not be sent: opposition, no basis, no address.</summary>
    LeftOut,

    /// <summary>The segment of this tool does not hold it.</summary>
    OutOfSegment,

    /// <summary>The person said no in the tool itself.</summary>
    SaidNoThere,

    /// <summary>Nothing is sent to this tool now.</summary>
    Stopped,
}
