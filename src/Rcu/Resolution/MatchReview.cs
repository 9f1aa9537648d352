using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Jobs;
using Rcu.Matching;
using Rcu.Security;

namespace Rcu.Resolution;

/// <summary>What a data steward can do with two records that look alike: judge, undo, and part what was joined.</summary>
public sealed class MatchReview(
    RcuDb db, IValidator<JudgeMatch> validator, IEnumerable<IFollowsJudgement> followers, MatchOpinions opinions, PipelineRuns pipeline, TimeProvider clock)
{
    public async Task<Result<Match>> JudgeAsync(Guid id, JudgeMatch command, string by, CancellationToken ct)
    {
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        var judged = await DecideAsync(id, command, by, ct);
        if (judged.Succeeded)
        {
            await commit.CommitAsync(ct);
            await pipeline.RequestAsync(by, ct);
        }

        return judged;
    }

    /// <summary>The same in the transaction of a caller, who asks for the stages that follow.</summary>
    internal async Task<Result<Match>> DecideAsync(Guid id, JudgeMatch command, string by, CancellationToken ct)
    {
        if (validator.Refusal(command) is { } malformed)
        {
            return malformed;
        }

        await new Verdicts(db, clock).LockAsync(ct);

        // Of two stewards who answer at once, the second is told what the first said.
        if (await db.Matches.FromSql($"select * from matches where id = {id} for update").SingleOrDefaultAsync(ct) is not { } match)
        {
            return ResolutionErrors.MatchNotFound;
        }

        if (command.Judgement is Judgement.Same && (match.Veto is "siren" || await HasTwoSirensAsync(db, match, ct)))
        {
            return ResolutionErrors.TwoSirens;
        }

        var judged = match.Judge(command.Judgement, by, clock.GetUtcNow());
        if (!judged.Succeeded)
        {
            return judged;
        }

        if (command.Judgement is Judgement.Same or Judgement.Different)
        {
            await new Verdicts(db, clock).SayAsync(
                match.Kind, VerdictOf(command.Judgement), [match.LeftRecordId], [match.RightRecordId], 1, command.Reason, null, by, ct);
        }

        await opinions.SayAsync(id, command, by, ct);
        Audit(by, "match.judged", match, command.Judgement.ToString());
        await db.SaveChangesAsync(ct);
        return judged;
    }

    /// <summary>Takes a judgement back: the decision is revoked, what it joined comes apart, the question returns to the queue.</summary>
    public async Task<Result<Match>> UndoAsync(Guid id, string by, CancellationToken ct)
    {
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        await new Verdicts(db, clock).LockAsync(ct);
        if (await db.Matches.FromSql($"select * from matches where id = {id} for update").SingleOrDefaultAsync(ct) is not { } match)
        {
            return ResolutionErrors.MatchNotFound;
        }

        if (match.Judgement is Judgement.Undecided)
        {
            return ResolutionErrors.NotJudged;
        }

        await opinions.WithdrawAsync(id, match.JudgedBy!, ct);
        var said = match.Judgement is Judgement.Unsure ? [] : await db.Decisions.Where(InForce(match, VerdictOf(match.Judgement))).ToListAsync(ct);
        match.Unjudge();
        foreach (var decision in said)
        {
            decision.Revoke(by, clock.GetUtcNow());
        }

        Audit(by, "match.unjudged", match, null);
        await db.SaveChangesAsync(ct);
        await new Verdicts(db, clock).RestoreAsync([.. said.Select(d => d.Id)], ct);
        foreach (var follower in followers)
        {
            await follower.TakeBackAsync(match, by, ct);
        }

        await commit.CommitAsync(ct);
        await pipeline.RequestAsync(by, ct);
        return match;
    }

    /// <summary>Parts one record from the others of its cluster, for good: its golden row and theirs are computed again.</summary>
    public async Task<Result<int>> UnmergeAsync(ClusterKind kind, Guid recordId, string? reason, string by, CancellationToken ct)
    {
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        var parted = await PartAsync(kind, recordId, reason, by, ct);
        if (parted.Succeeded)
        {
            await commit.CommitAsync(ct);
            await pipeline.RequestAsync(by, ct);
        }

        return parted;
    }

    /// <summary>The same in the transaction of a caller, who asks for the stages that follow.</summary>
    internal async Task<Result<int>> PartAsync(ClusterKind kind, Guid recordId, string? reason, string by, CancellationToken ct)
    {
        if (await db.Links.AsNoTracking().SingleOrDefaultAsync(l => l.RecordId == recordId && l.Kind == kind, ct) is not { } link)
        {
            return ResolutionErrors.RecordNotLinked;
        }

        var recordKind = kind is ClusterKind.Account ? Customers.RecordKind.Account : Customers.RecordKind.Contact;
        var others = await db.Links.AsNoTracking()
            .Where(l => l.ClusterId == link.ClusterId && l.Kind == kind && l.RecordId != recordId)
            .Join(db.Records.Where(r => r.Kind == recordKind), l => l.RecordId, r => r.Id, (_, r) => r)
            // What people typed goes with the record it is tied to.
            .Where(r => db.Sources.Any(s => s.Id == r.SourceId && s.Name != Ingestion.Source.Saisie))
            .Select(r => r.Id).ToListAsync(ct);
        if (others.Count == 0)
        {
            return ResolutionErrors.RecordAlone;
        }

        await new Verdicts(db, clock).SayAsync(
            kind, Verdict.Different, [recordId], others, others.Count, reason, Guid.CreateVersion7(clock.GetUtcNow()), by, ct);
        db.Audit.Add(new AuditEntry { At = clock.GetUtcNow(), Who = by, Action = "record.unmerged", Subject = recordId.ToString() });
        await db.SaveChangesAsync(ct);
        return others.Count;
    }

    /// <summary>Two records may bear no SIREN themselves, and still stand for two legal units: those of their accounts.</summary>
    internal static async Task<bool> HasTwoSirensAsync(RcuDb db, Match match, CancellationToken ct) =>
        match.Kind is ClusterKind.Account && await db.Database.SqlQuery<bool>(
            $"""
            select count(distinct coalesce(x.alias_of, a.siren)) > 1 as "Value"
            from links l join accounts a on a.id = l.cluster_id left join siren_aliases x on x.siren = a.siren
            where l.kind = 'Account' and l.record_id in ({match.LeftRecordId}, {match.RightRecordId}) and a.siren is not null
            """).SingleAsync(ct);

    private static Verdict VerdictOf(Judgement judgement) => judgement is Judgement.Same ? Verdict.Same : Verdict.Different;

    private static System.Linq.Expressions.Expression<Func<StewardDecision, bool>> InForce(Match match, Verdict verdict) =>
        d => d.Kind == match.Kind && d.LeftRecordId == match.LeftRecordId && d.RightRecordId == match.RightRecordId && d.Verdict == verdict && d.RevokedAt == null;

    private void Audit(string by, string action, Match match, string? judgement) => db.Audit.Add(new AuditEntry
    {
        At = clock.GetUtcNow(),
        Who = by,
        Action = action,
        Subject = match.Id.ToString(),
        Details = judgement is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["judgement"] = judgement },
    });
}

/// <summary>A judgement on two records, with the steward's own words if any.</summary>
public sealed record JudgeMatch(Judgement Judgement, string? Reason = null);

internal sealed class JudgeMatchValidator : AbstractValidator<JudgeMatch>
{
    public JudgeMatchValidator()
    {
        RuleFor(m => m.Judgement).IsInEnum().NotEqual(Judgement.Undecided);
        RuleFor(m => m.Reason).MaximumLength(1000);
    }
}
