using Microsoft.EntityFrameworkCore;
using Rcu.Activation;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Security;
using Rcu.Segmentation;

namespace Rcu.Web.Pages.Home;

/// <summary>The home of marketing: who can be written to, the segments, what did not reach the tools.</summary>
internal sealed record MarketingBoard(
    int Reachable, int Opposed, int Failing, int Rejected, IReadOnlyList<SegmentLine> Segments)
{
    private const int Rows = 8;

    public static async Task<MarketingBoard> ReadAsync(RcuDb db, AccountScope scope, CancellationToken ct) => new(
        await scope.Contacts(db).CountAsync(c => c.EmailReach == Reach.Allowed, ct),
        await scope.Contacts(db).CountAsync(c => c.EmailReach == Reach.Opposed, ct),
        await db.Destinations.CountAsync(d => d.Failures > 0, ct),
        await db.Deliveries.CountAsync(d => d.Status == DeliveryStatus.Rejected, ct),
        await db.Segments.AsNoTracking().Where(s => s.ArchivedAt == null).OrderByDescending(s => s.MemberCount).ThenBy(s => s.Id)
            .Take(Rows).Select(s => new SegmentLine(s.Id, s.Name, s.Target, s.MemberCount, s.ComputedAt)).ToListAsync(ct));
}

/// <summary>A segment as a line of a board.</summary>
internal sealed record SegmentLine(Guid Id, string Name, SegmentTarget Target, int MemberCount, DateTimeOffset? ComputedAt);
