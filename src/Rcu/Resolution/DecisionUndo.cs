using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Jobs;
using Rcu.Security;

namespace Rcu.Resolution;

/// <summary>Takes decisions back that no question asked for, or that were made together: what they joined comes apart.</summary>
public sealed class DecisionUndo(RcuDb db, PipelineRuns pipeline, TimeProvider clock)
{
    /// <summary>One that answered no pair: a merge that was asked for, a record parted by hand.</summary>
    public async Task<Result<StewardDecision>> RevokeAsync(Guid id, string by, CancellationToken ct)
    {
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        await new Verdicts(db, clock).LockAsync(ct);
        if (await db.Decisions.FromSql($"select * from decisions where id = {id} and revoked_at is null for update").SingleOrDefaultAsync(ct) is not { } decision)
        {
            return ResolutionErrors.DecisionNotFound;
        }

        decision.Revoke(by, clock.GetUtcNow());
        Audit(by, "decision.revoked", id);
        await db.SaveChangesAsync(ct);
        await new Verdicts(db, clock).RestoreAsync([id], ct);
        await commit.CommitAsync(ct);
        await pipeline.RequestAsync(by, ct);
        return decision;
    }

    /// <summary>All those of one act that still stand, and the questions they answered wait again.</summary>
    /// <returns>How many decisions.</returns>
    public async Task<Result<int>> RevokeBatchAsync(Guid batch, string by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        await new Verdicts(db, clock).LockAsync(ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            with back as (
              select m.id, m.judged_by from matches m
              join decisions d on d.kind = m.kind and d.left_record_id = m.left_record_id and d.right_record_id = m.right_record_id
              where d.batch_id = {batch} and d.revoked_at is null and d.verdict = m.judgement),
            opinions as (
              update match_opinions o set withdrawn_at = {now} from back b where o.match_id = b.id and o.who = b.judged_by and o.withdrawn_at is null)
            update matches m set judgement = 'Undecided', judged_by = null, judged_at = null from back b where b.id = m.id
            """,
            ct);
        var revoked = await db.Decisions.Where(d => d.BatchId == batch && d.RevokedAt == null)
            .ExecuteUpdateAsync(d => { d.SetProperty(x => x.RevokedBy, by); d.SetProperty(x => x.RevokedAt, now); }, ct);
        if (revoked == 0)
        {
            return ResolutionErrors.DecisionNotFound;
        }

        Audit(by, "decisions.revoked", batch);
        await db.SaveChangesAsync(ct);
        await new Verdicts(db, clock).RestoreAsync([batch], ct);
        await commit.CommitAsync(ct);
        await pipeline.RequestAsync(by, ct);
        return revoked;
    }

    private void Audit(string by, string action, Guid subject) =>
        db.Audit.Add(new AuditEntry { At = clock.GetUtcNow(), Who = by, Action = action, Subject = subject.ToString() });
}
