using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Security;
using Rcu.Segmentation;

namespace Rcu.Activation;

/// <summary>Where one account or contact goes: the segments it is in, and what each tool was told of it, with the reason when it was not.</summary>
public sealed class ProfileJourney(RcuDb db, SegmentPeople people, Whereabouts whereabouts)
{
    private const int Explained = 12;

    public async Task<ProfileJourneyView> OfAccountAsync(AccountScope scope, Guid id, CancellationToken ct)
    {
        var members = scope.Contacts(db).Where(c => c.AccountId == id).Select(c => c.Id)
            .Union(scope.Accounts(db).Where(a => a.Id == id).Select(a => a.Id));
        var segments = from member in db.SegmentMembers.AsNoTracking()
                       where member.ExitedAt == null && members.Contains(member.MemberId)
                       join segment in db.Segments on member.SegmentId equals segment.Id
                       where segment.ArchivedAt == null
                       orderby segment.Name, member.MemberId
                       select new JourneySegment(
                           segment.Id, segment.Name, segment.Description, member.EnteredAt,
                           db.Contacts.Where(c => c.Id == member.MemberId).Select(c => c.Name).FirstOrDefault())
                       { Target = segment.Target, Rule = segment.Rule, MemberId = member.MemberId, IsFrozen = segment.IsFrozen };
        return new ProfileJourneyView(
            await ExplainedAsync(scope, await segments.Take(100).ToListAsync(ct), ct), await DeliveriesAsync(db.Deliveries.Where(d => d.AccountId == id), ct),
            await whereabouts.OfAsync(scope, SegmentTarget.Accounts, id, ct));
    }

    public async Task<ProfileJourneyView> OfContactAsync(AccountScope scope, Guid id, CancellationToken ct)
    {
        var visible = scope.Contacts(db).Where(c => c.Id == id).Select(c => c.Id);
        var segments = from member in db.SegmentMembers.AsNoTracking()
                       where member.ExitedAt == null && visible.Contains(member.MemberId)
                       join segment in db.Segments on member.SegmentId equals segment.Id
                       where segment.ArchivedAt == null
                       orderby segment.Name, segment.Id
                       select new JourneySegment(segment.Id, segment.Name, segment.Description, member.EnteredAt, null)
                       { Target = segment.Target, Rule = segment.Rule, MemberId = member.MemberId, IsFrozen = segment.IsFrozen };
        return new ProfileJourneyView(
            await ExplainedAsync(scope, await segments.Take(100).ToListAsync(ct), ct), await DeliveriesAsync(db.Deliveries.Where(d => visible.Contains(d.ProfileId)), ct),
            await whereabouts.OfAsync(scope, SegmentTarget.Contacts, id, ct));
    }

    // Why the first of them hold it: each is judged again on what is known today. A frozen one keeps its members whatever they become.
    private async Task<IReadOnlyList<JourneySegment>> ExplainedAsync(AccountScope scope, List<JourneySegment> segments, CancellationToken ct)
    {
        var asked = segments.Take(Explained).Where(segment => !segment.IsFrozen).ToList();
        var reasons = await people.ExplainAsync(scope, [.. asked.Select(segment => (segment.Target, segment.MemberId, segment.Rule))], ct);
        var why = asked.Zip(reasons).ToDictionary(one => one.First, one => one.Second);
        return segments.ConvertAll(segment => why.GetValueOrDefault(segment) is { } reason ? segment with { Why = reason } : segment);
    }

    private async Task<IReadOnlyList<JourneyDelivery>> DeliveriesAsync(IQueryable<Delivery> deliveries, CancellationToken ct) =>
        await deliveries.AsNoTracking().OrderByDescending(d => d.At).ThenBy(d => d.Id).Take(30)
            .Join(db.Destinations, d => d.DestinationId, t => t.Id, (d, t) => new { Delivery = d, t.Name })
            .OrderByDescending(d => d.Delivery.At).ThenBy(d => d.Delivery.Id)
            .Select(d => new JourneyDelivery(
                d.Name, d.Delivery.ProfileName, d.Delivery.Status, d.Delivery.Reason, d.Delivery.At,
                db.DestinationProfiles.Where(p => p.DestinationId == d.Delivery.DestinationId && p.ProfileId == d.Delivery.ProfileId).Select(p => p.RemoteId).FirstOrDefault()))
            .ToListAsync(ct);
}

/// <summary>The segments a profile is in, the last things tools were told of it, and where it stands with each.</summary>
public sealed record ProfileJourneyView(
    IReadOnlyList<JourneySegment> Segments, IReadOnlyList<JourneyDelivery> Deliveries, IReadOnlyList<Whereabout> Tools);

/// <param name="ThroughContact">The person who is in it, when it is not the account itself.</param>
public sealed record JourneySegment(Guid Id, string Name, string? Description, DateTimeOffset EnteredAt, string? ThroughContact)
{
    public required SegmentTarget Target { get; init; }

    public required Guid MemberId { get; init; }

    public bool IsFrozen { get; init; }

    /// <summary>Condition by condition, what was judged; null when its members are frozen, or beyond the first ones.</summary>
    public SegmentReason? Why { get; init; }

    internal Condition Rule { get; init; } = new Condition.All([]);
}

/// <summary>What one tool was told, or why it was not.</summary>
/// <param name="RemoteId">What the tool calls it.</param>
public sealed record JourneyDelivery(string Destination, string ProfileName, DeliveryStatus Status, string? Reason, DateTimeOffset At, string? RemoteId);
