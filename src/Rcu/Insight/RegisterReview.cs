using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Jobs;
using Rcu.Security;
using Rcu.Unification;

namespace Rcu.Insight;

/// <summary>
/// What a data steward answers to the register: this account is that unit, or none of these; this happened, or it does not matter.
/// What is accepted is written as evidence of « Saisie »; every answer is kept, and can be taken back.
/// </summary>
public sealed class RegisterReview(
    RcuDb db, RegisterQueue queue, RegisterProposals proposals, RegisterEffects effects, Acceptances acceptances, Imports imports, PipelineRuns pipeline,
    TimeProvider clock)
{
    /// <summary>From which score accounts may be answered together.</summary>
    public const int SurestScore = 80;

    /// <param name="command">Refusing without a number refuses all that was proposed.</param>
    public async Task<Result<RegisterJudgement>> JudgeAsync(Guid account, JudgeAccount command, string by, CancellationToken ct)
    {
        var found = await queue.FindAsync(account, ct);
        if (found.Value is not { } asked)
        {
            return found.Error!;
        }

        var meant = asked.Candidates.Where(one => command.Siret is null || one.Siret == command.Siret).ToList();
        if (meant.Count == 0 || (command.Verdict is RegisterVerdict.Accepted && command.Siret is null))
        {
            return InsightErrors.NotACandidate;
        }

        return command.Verdict is RegisterVerdict.Accepted
            ? await AcceptAsync([(asked, meant[0])], by, ct) is { Succeeded: true } accepted ? accepted.Value[0] : InsightErrors.Partial
            : await RefuseAsync(asked, meant, by, ct);
    }

    /// <summary>Accepts the first unit of every account that is surely it: as many as one act may change, the next time the others.</summary>
    public async Task<Result<IReadOnlyList<RegisterJudgement>>> AcceptSureAsync(int score, string by, CancellationToken ct)
    {
        if (score < SurestScore)
        {
            return InsightErrors.ScoreTooLow;
        }

        var sure = await queue.SureAsync(score, Acceptances.Most, ct);
        return sure.Count == 0 ? new List<RegisterJudgement>() : await AcceptAsync([.. sure.Select(one => (one, one.Candidates[0]))], by, ct);
    }

    /// <summary>Answers what the register proposed.</summary>
    public async Task<Result<RegisterJudgement>> JudgeProposalAsync(Guid id, RegisterVerdict verdict, string by, CancellationToken ct)
    {
        if (await proposals.FindAsync(id, ct) is not { JudgedAt: null } proposal)
        {
            return InsightErrors.ProposalNotFound;
        }

        var effect = verdict is RegisterVerdict.Accepted ? await effects.OfAsync(proposal, ct) : null;
        if (verdict is RegisterVerdict.Accepted && effect is null)
        {
            return InsightErrors.NothingToTake;
        }

        await using var commit = await db.Database.BeginTransactionAsync(ct);
        var judgement = new RegisterJudgement
        {
            AccountId = proposal.AccountId,
            ProposalId = id,
            Verdict = verdict,
            Sentence = proposal.Sentence,
            JudgedBy = by,
            JudgedAt = clock.GetUtcNow(),
        };
        if (effect is not null)
        {
            var name = await db.Accounts.Where(a => a.Id == proposal.AccountId).Select(a => a.Name).SingleOrDefaultAsync(ct);
            var written = await acceptances.WriteAsync(
                [new Acceptance(proposal.AccountId, effect.Changes, effect.About)], $"Répertoire Sirene : « {name} »", by, ct);
            (judgement.RunId, judgement.DecisionIds) = (written.Run, [.. written.Decisions]);
        }

        await db.Database.ExecuteSqlAsync($"update register_proposals set judged_at = {clock.GetUtcNow()} where id = {id}", ct);
        Keep("proposal", [judgement], by);
        await db.SaveChangesAsync(ct);
        await commit.CommitAsync(ct);
        await FollowAsync(judgement.RunId, by, ct);
        return judgement;
    }

    /// <summary>What was answered, the latest first.</summary>
    public async Task<IReadOnlyList<RegisterJudgement>> HistoryAsync(Guid? before, int most, CancellationToken ct) =>
        await db.Set<RegisterJudgement>().AsNoTracking().Where(j => before == null || j.Id < before).OrderByDescending(j => j.Id).Take(most).ToListAsync(ct);

    /// <summary>Takes an answer back, with those that were given by the same act.</summary>
    public async Task<Result<RegisterJudgement>> UndoAsync(Guid id, string by, CancellationToken ct)
    {
        if (await db.Set<RegisterJudgement>().SingleOrDefaultAsync(j => j.Id == id && j.UndoneAt == null, ct) is not { } judgement)
        {
            return InsightErrors.JudgementNotFound;
        }

        if (judgement.RunId is { } run
            && await imports.UndoAsync(run, by, ct) is { Error: { } refusal } && refusal.Code != IngestionErrors.AlreadyUndone("").Code)
        {
            return refusal;
        }

        await using var commit = await db.Database.BeginTransactionAsync(ct);
        var together = await db.Set<RegisterJudgement>()
            .Where(j => j.UndoneAt == null && (j.Id == id
                || (j.RunId != null && j.RunId == judgement.RunId)
                || (j.RunId == null && j.AccountId == judgement.AccountId && j.JudgedAt == judgement.JudgedAt)))
            .ToListAsync(ct);
        foreach (var one in together)
        {
            one.Undo(by, clock.GetUtcNow());
        }

        db.Audit.Add(Note("undone", together, by));
        await db.SaveChangesAsync(ct);
        await acceptances.TakeBackAsync(new Accepted(judgement.RunId, [.. together.SelectMany(one => one.DecisionIds).Distinct()]), by, ct);
        var asked = together.Select(one => one.ProposalId).OfType<Guid>().ToArray();
        await db.Database.ExecuteSqlAsync($"update register_proposals set judged_at = null where id = any({asked})", ct);
        await ReckonAsync(judgement.AccountId, ct);
        await commit.CommitAsync(ct);
        await FollowAsync(judgement.RunId, by, ct);
        return judgement;
    }

    private async Task<Result<IReadOnlyList<RegisterJudgement>>> AcceptAsync(
        IReadOnlyList<(AccountToName Asked, SuggestedUnit Unit)> accepted, string by, CancellationToken ct)
    {
        // The register may have hidden the unit since it was proposed.
        var sirets = accepted.Select(one => one.Unit.Siret).ToArray();
        var shown = (await db.Database.SqlQuery<string>(
            $"""
            select e.siret as "Value" from register.establishments e join register.legal_units u on u.siren = e.siren
            where e.siret = any({sirets}) and e.diffusion = 'O' and u.diffusion = 'O'
            """).ToListAsync(ct)).ToHashSet();
        var taken = accepted.Where(one => shown.Contains(one.Unit.Siret)).ToList();
        if (taken.Count == 0)
        {
            return InsightErrors.Partial;
        }

        await using var commit = await db.Database.BeginTransactionAsync(ct);
        var label = taken.Count == 1 ? $"SIREN de « {taken[0].Asked.Name} »" : $"SIREN de {taken.Count} comptes";
        var written = await acceptances.WriteAsync(
            [
                .. taken.Select(one => new Acceptance(
                    one.Asked.AccountId, new Dictionary<string, string> { ["siren"] = one.Unit.Siren, ["siret"] = one.Unit.Siret })),
            ],
            label,
            by,
            ct);
        var now = clock.GetUtcNow();
        var judgements = taken.Select(one => Of(one.Asked, one.Unit, RegisterVerdict.Accepted, by, now)).ToList();
        judgements.ForEach(one => one.RunId = written.Run);
        judgements[0].DecisionIds = [.. written.Decisions];
        Keep("accepted", judgements, by);
        await db.SaveChangesAsync(ct);
        await commit.CommitAsync(ct);
        await FollowAsync(written.Run, by, ct);
        return judgements;
    }

    private async Task<Result<RegisterJudgement>> RefuseAsync(AccountToName asked, List<SuggestedUnit> units, string by, CancellationToken ct)
    {
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        var now = clock.GetUtcNow();
        var judgements = units.DistinctBy(unit => unit.Siren).Select(unit => Of(asked, unit, RegisterVerdict.Refused, by, now)).ToList();
        Keep("refused", judgements, by);
        await db.SaveChangesAsync(ct);
        await ReckonAsync(asked.AccountId, ct);
        await commit.CommitAsync(ct);
        return judgements[0];
    }

    // The score of the account in the queue is that of the first unit nobody refused.
    private Task<int> ReckonAsync(Guid account, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        with units as (
          select c ->> 'siren' as siren, (c ->> 'score')::int as score
          from register_searches s cross join jsonb_array_elements(s.candidates) c
          where s.account_id = {account} and not exists (
            select from register_judgements j
            where j.account_id = s.account_id and j.siren = c ->> 'siren' and j.verdict = 'Refused' and j.undone_at is null)),
        first as (select siren, score from units order by score desc, siren limit 1)
        update register_searches
        set best = coalesce((select score from first), 0),
          lead = coalesce((select score from first), 0) - coalesce((select max(score) from units where siren <> (select siren from first)), 0)
        where account_id = {account}
        """,
        ct);

    private static RegisterJudgement Of(AccountToName asked, SuggestedUnit unit, RegisterVerdict verdict, string by, DateTimeOffset at) => new()
    {
        AccountId = asked.AccountId,
        Siren = unit.Siren,
        Siret = unit.Siret,
        Verdict = verdict,
        Sentence = $"« {asked.Name} » : {unit.Name ?? unit.Siren} ({unit.Score} sur 100). {unit.Why}",
        JudgedBy = by,
        JudgedAt = at,
    };

    private void Keep(string act, IReadOnlyList<RegisterJudgement> judgements, string by)
    {
        db.AddRange(judgements);
        db.Audit.Add(Note(act, judgements, by));
    }

    private AuditEntry Note(string act, IReadOnlyList<RegisterJudgement> judgements, string by) => new()
    {
        At = clock.GetUtcNow(),
        Who = by,
        Action = $"register.{act}",
        Subject = judgements[0].AccountId.ToString(),
        Details = new Dictionary<string, string>
        {
            ["verdict"] = judgements[0].Verdict.ToString(),
            ["sentence"] = judgements[0].Sentence,
            ["answers"] = $"{judgements.Count}",
        },
    };

    private Task FollowAsync(Guid? run, string by, CancellationToken ct) => run is null ? Task.CompletedTask : pipeline.RequestAsync(by, ct);
}

/// <summary>What a person says of the units an account may be.</summary>
/// <param name="Siret">The establishment that is meant.</param>
public sealed record JudgeAccount(RegisterVerdict Verdict, string? Siret = null);
