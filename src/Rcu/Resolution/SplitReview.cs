using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Jobs;
using Rcu.Matching;
using Rcu.Security;

namespace Rcu.Resolution;

/// <summary>The golden rows whose records have lost their reasons to be one: a steward parts them or keeps them together.</summary>
public sealed class SplitReview(RcuDb db, PipelineRuns pipeline, TimeProvider clock)
{
    public async Task<IReadOnlyList<SplitRow>> ListAsync(ClusterKind kind, Guid? after, int count, CancellationToken ct)
    {
        var splits = await db.Set<Split>().AsNoTracking()
            .Where(s => s.Kind == kind && s.ClosedAt == null && (after == null || s.Id > after))
            .OrderBy(s => s.Id).Take(Math.Clamp(count, 1, 100)).ToListAsync(ct);
        return await RowsAsync(kind, splits, ct);
    }

    /// <summary>One of them, answered or not.</summary>
    public async Task<Result<SplitRow>> FindAsync(Guid id, CancellationToken ct) =>
        await db.Set<Split>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) is { } split
            ? (await RowsAsync(split.Kind, [split], ct))[0]
            : ResolutionErrors.SplitNotFound;

    private async Task<IReadOnlyList<SplitRow>> RowsAsync(ClusterKind kind, List<Split> splits, CancellationToken ct)
    {
        var sides = await new MatchSides(db).LoadAsync(
            [.. splits.SelectMany(s => s.KeptRecordIds.Take(Partings.Sample).Concat(s.PartedRecordIds.Take(Partings.Sample))).Select(id => (id, kind))], ct);
        return
        [
            .. splits.Select(s => new SplitRow(s, Of(s.KeptRecordIds), Of(s.PartedRecordIds))),
        ];

        IReadOnlyList<MatchSide> Of(List<Guid> records) => [.. records.Take(Partings.Sample).Select(id => sides.GetValueOrDefault((id, kind))).OfType<MatchSide>()];
    }

    public Task<int> CountAsync(ClusterKind kind, CancellationToken ct) =>
        db.Set<Split>().CountAsync(s => s.Kind == kind && s.ClosedAt == null, ct);

    /// <param name="part">Whether the records part; if not they are one for good, whatever they say.</param>
    public async Task<Result<Split>> JudgeAsync(Guid id, bool part, string by, CancellationToken ct)
    {
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        await new Verdicts(db, clock).LockAsync(ct);
        if (await db.Set<Split>().FromSql($"select * from splits where id = {id} for update").SingleOrDefaultAsync(ct) is not { } split)
        {
            return ResolutionErrors.SplitNotFound;
        }

        var judged = split.Judge(part ? Judgement.Different : Judgement.Same, by, clock.GetUtcNow());
        if (!judged.Succeeded)
        {
            return judged;
        }

        await new Partings(db, clock).DecideAsync(
            split.Kind, split.KeptRecordIds, split.PartedRecordIds, part ? Verdict.Different : Verdict.Same, null, by, ct);
        db.Audit.Add(new AuditEntry
        {
            At = clock.GetUtcNow(),
            Who = by,
            Action = "split.judged",
            Subject = split.ClusterId.ToString(),
            Details = new Dictionary<string, string> { ["judgement"] = split.Judgement.ToString() },
        });
        await db.SaveChangesAsync(ct);
        await commit.CommitAsync(ct);
        await pipeline.RequestAsync(by, ct);
        return judged;
    }
}

/// <summary>A question « part them? » with the records on each side.</summary>
public sealed record SplitRow(Split Split, IReadOnlyList<MatchSide> Kept, IReadOnlyList<MatchSide> Parted);
