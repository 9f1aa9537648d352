using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Jobs;
using Rcu.Matching;
using Rcu.Security;

namespace Rcu.Resolution;

/// <summary>
/// Joins two golden accounts or contacts that nobody proposed as a pair. It destroys nothing: a decision says that one record of
/// each is the same, and is revoked like any other.
/// </summary>
public sealed class DirectMerges(RcuDb db, PipelineRuns pipeline, TimeProvider clock)
{
    /// <summary>As many as a person looks at in one go.</summary>
    public const int Most = 10;

    /// <summary>The answer is the decision, which the stages that follow put into effect.</summary>
    public async Task<Result<StewardDecision>> MergeAsync(ClusterKind kind, Guid one, Guid other, string? reason, string by, CancellationToken ct)
    {
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        var decided = await DecideAsync(kind, one, other, reason, null, by, ct);
        if (decided.Succeeded)
        {
            await commit.CommitAsync(ct);
            await pipeline.RequestAsync(by, ct);
        }

        return decided;
    }

    /// <summary>Joins several at once: all of them or none.</summary>
    /// <returns>The act, to take back whole.</returns>
    public async Task<Result<Guid>> MergeAllAsync(ClusterKind kind, IReadOnlyList<Guid> ids, string? reason, string by, CancellationToken ct)
    {
        var distinct = ids.Distinct().ToList();
        if (distinct.Count is < 2 or > Most)
        {
            return ResolutionErrors.TooFewOrMany(Most);
        }

        if (kind is ClusterKind.Account && await HasTwoSirensAsync(distinct, ct))
        {
            return ResolutionErrors.TwoSirens;
        }

        var batch = Guid.CreateVersion7(clock.GetUtcNow());
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        foreach (var other in distinct.Skip(1))
        {
            var decided = await DecideAsync(kind, distinct[0], other, reason, batch, by, ct);
            if (!decided.Succeeded)
            {
                return decided.Error;
            }
        }

        await commit.CommitAsync(ct);
        await pipeline.RequestAsync(by, ct);
        return batch;
    }

    private async Task<Result<StewardDecision>> DecideAsync(
        ClusterKind kind, Guid one, Guid other, string? reason, Guid? batch, string by, CancellationToken ct)
    {
        var recordKind = kind is ClusterKind.Account ? Customers.RecordKind.Account : Customers.RecordKind.Contact;
        var members = (await db.Links.AsNoTracking().Where(l => l.Kind == kind && (l.ClusterId == one || l.ClusterId == other))
            .Join(db.Records.Where(r => r.Kind == recordKind && r.RemovedAt == null), l => l.RecordId, r => r.Id, (l, r) => new { l.ClusterId, r.Id })
            .ToListAsync(ct)).ToLookup(m => m.ClusterId, m => m.Id);
        if (one == other || !members[one].Any() || !members[other].Any())
        {
            return ResolutionErrors.NothingToJoin;
        }

        if (kind is ClusterKind.Account && await HasTwoSirensAsync([one, other], ct))
        {
            return ResolutionErrors.TwoSirens;
        }

        var decision = await new Verdicts(db, clock).SayAsync(
            kind, Verdict.Same, [.. members[one].Order()], [.. members[other].Order()], 1, reason, batch, by, ct);
        db.Audit.Add(new AuditEntry { At = clock.GetUtcNow(), Who = by, Action = $"{kind.ToString().ToLowerInvariant()}.merged", Subject = $"{one}" });
        await db.SaveChangesAsync(ct);
        return decision;
    }

    private Task<bool> HasTwoSirensAsync(List<Guid> accounts, CancellationToken ct) => db.Database.SqlQuery<bool>(
        $"""
        select count(distinct coalesce(x.alias_of, a.siren)) > 1 as "Value"
        from accounts a left join siren_aliases x on x.siren = a.siren where a.id = any({accounts}) and a.siren is not null
        """).SingleAsync(ct);
}
