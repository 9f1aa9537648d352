using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Security;

namespace Rcu.Segmentation;

/// <summary>What a person may do about what is left out of a segment: see how many, lift it with a reason, put it back.</summary>
public sealed class SegmentExclusions(RcuDb db, TimeProvider clock)
{
    public const int ShortestReason = 10;
    public const int LongestReason = 500;

    /// <summary>How many members each reason leaves out, lifted or not; one member may be left out for several.</summary>
    public async Task<Result<IReadOnlyList<ExcludedMembers>>> ReadAsync(AccountScope scope, Guid id, CancellationToken ct)
    {
        if (await db.Segments.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) is not { } segment)
        {
            return SegmentationErrors.NotFound;
        }

        var inside = db.SegmentMembers.Where(m => m.SegmentId == id && m.ExitedAt == null);
        List<ExcludedMembers> excluded = [];
        foreach (var why in Exclusions.For(segment.Target))
        {
            var members = segment.Target is SegmentTarget.Accounts
                ? await scope.Accounts(db).Where(a => inside.Any(m => m.MemberId == a.Id)).CountAsync(Exclusions.OfAccount(why), ct)
                : await scope.Contacts(db).Where(c => inside.Any(m => m.MemberId == c.Id)).CountAsync(Exclusions.OfContact(why), ct);
            excluded.Add(new ExcludedMembers(why, members, segment.Lifted.FirstOrDefault(lifted => lifted.Why == why)));
        }

        return excluded;
    }

    /// <summary>Lets those an exclusion leaves out be sent and exported, for a reason that is kept with who gave it and when.</summary>
    public Task<Result<Segment>> LiftAsync(Guid id, Exclusion why, string? reason, string by, CancellationToken ct)
    {
        var said = reason?.Trim() ?? "";
        return said.Length is < ShortestReason or > LongestReason
            ? Task.FromResult<Result<Segment>>(SegmentationErrors.ReasonMissing)
            : ChangeAsync(id, why, "segment.exclusion_lifted", new LiftedExclusion(why, said, by, clock.GetUtcNow()), by, ct);
    }

    /// <summary>Leaves them out again.</summary>
    public Task<Result<Segment>> PutBackAsync(Guid id, Exclusion why, string by, CancellationToken ct) =>
        ChangeAsync(id, why, "segment.exclusion_put_back", null, by, ct);

    private async Task<Result<Segment>> ChangeAsync(Guid id, Exclusion why, string act, LiftedExclusion? lifted, string by, CancellationToken ct)
    {
        if (await db.Segments.SingleOrDefaultAsync(s => s.Id == id && s.ArchivedAt == null, ct) is not { } segment)
        {
            return SegmentationErrors.NotFound;
        }

        if (!Exclusions.For(segment.Target).Contains(why))
        {
            return SegmentationErrors.NotExcluded;
        }

        segment.Lifted = [.. segment.Lifted.Where(one => one.Why != why), .. lifted is null ? (LiftedExclusion[])[] : [lifted]];
        db.Audit.Add(new AuditEntry
        {
            At = clock.GetUtcNow(),
            Who = by,
            Action = act,
            Subject = $"{id}",
            Details = new Dictionary<string, string> { ["name"] = segment.Name, ["exclusion"] = $"{why}", ["reason"] = lifted?.Reason ?? "" },
        });
        await db.SaveChangesAsync(ct);
        return segment;
    }
}

/// <summary>How many members of a segment one reason leaves out, and who lifted it.</summary>
public sealed record ExcludedMembers(Exclusion Why, int Members, LiftedExclusion? Lifted);
