using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Jobs;
using Rcu.Matching;
using Rcu.Security;

namespace Rcu.Resolution;

/// <summary>
/// One judgement on all the pairs that a filter finds: first a trial that decides nothing and draws some to look at, then one act,
/// which is taken back whole. What a person alone may not do, many pairs at once may not either: two SIRENs are left out.
/// </summary>
public sealed class BulkJudgements(RcuDb db, IValidator<BulkJudge> validator, PipelineRuns pipeline, TimeProvider clock)
{
    public const int Most = 5_000;
    public const int Sample = 20;

    /// <summary>What deciding would do: how many pairs, how many are left out, and some drawn at random, the same for the same pairs.</summary>
    public async Task<Result<BulkTrial>> TryAsync(BulkJudge command, CancellationToken ct)
    {
        if (validator.Refusal(command) is { } malformed)
        {
            return malformed;
        }

        var found = await FoundAsync(command, ct);
        var free = found.Where(f => f.MayBeJudged).ToList();
        var drawn = free.OrderBy(f => f.Draw, StringComparer.Ordinal).Take(Sample).Select(f => f.Id).ToList();
        var matches = await db.Matches.AsNoTracking().Where(m => drawn.Contains(m.Id)).OrderBy(m => m.Weight).ToListAsync(ct);
        var beyond = found.Count < Most ? 0
            : await new MatchQueue(db, clock).WaitingCountAsync(command.Filter with { Drawn = false, Disputed = false }, command.AtLeast, ct) - found.Count;
        return new BulkTrial(
            free.Count, found.Count - free.Count, free.SelectMany(f => new[] { f.LeftCluster, f.RightCluster }).OfType<Guid>().Distinct().Count(),
            free.Count > 0 ? free.Min(f => f.Probability) : null, await new MatchSides(db).JoinAsync(matches, ct), beyond);
    }

    /// <returns>The act, to take back whole.</returns>
    public async Task<Result<BulkDone>> DecideAsync(BulkJudge command, string by, CancellationToken ct)
    {
        if (validator.Refusal(command) is { } malformed)
        {
            return malformed;
        }

        var now = clock.GetUtcNow();
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        await new Verdicts(db, clock).LockAsync(ct);
        var free = (await FoundAsync(command, ct)).Where(f => f.MayBeJudged).Select(f => f.Id).ToArray();
        if (free.Length == 0)
        {
            return ResolutionErrors.BulkEmpty;
        }

        if (command.Looked is { } looked && looked != free.Length)
        {
            return ResolutionErrors.BulkChanged;
        }

        var batch = Guid.CreateVersion7(now);
        var ids = Array.ConvertAll(free, _ => Guid.CreateVersion7(now));
        var (judgement, verdict) = (command.Judgement.ToString(), command.Judgement is Judgement.Same ? nameof(Verdict.Same) : nameof(Verdict.Different));
        await new Verdicts(db, clock).ReplaceAsync(free, verdict, batch, by, now, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            with wanted as (select * from unnest({ids}, {free}) w (id, match_id)),
            judged as (
              update matches set judgement = {judgement}, judged_by = {by}, judged_at = {now}
              where id = any({free}) and judgement in ('Undecided', 'Unsure')
              returning id, kind, left_record_id, right_record_id),
            said as (
              insert into match_opinions (id, match_id, who, judgement, reason, at)
              select w.id, j.id, {by}, {judgement}, {command.Reason}, {now} from judged j join wanted w on w.match_id = j.id)
            insert into decisions (id, kind, left_record_id, right_record_id, verdict, reason, decided_by, decided_at, batch_id)
            select w.id, j.kind, j.left_record_id, j.right_record_id, {verdict}, {command.Reason}, {by}, {now}, {batch}
            from judged j join wanted w on w.match_id = j.id
            on conflict (kind, left_record_id, right_record_id) where revoked_at is null do nothing
            """,
            ct);
        db.Audit.Add(new AuditEntry
        {
            At = now,
            Who = by,
            Action = "matches.judged",
            Subject = batch.ToString(),
            Details = new Dictionary<string, string> { ["judgement"] = judgement, ["pairs"] = $"{free.Length}" },
        });
        await db.SaveChangesAsync(ct);
        await commit.CommitAsync(ct);
        await pipeline.RequestAsync(by, ct);
        return new BulkDone(batch, free.Length);
    }

    private async Task<List<Found>> FoundAsync(BulkJudge command, CancellationToken ct)
    {
        var ids = await new MatchQueue(db, clock).WaitingIdsAsync(command.Filter with { Drawn = false, Disputed = false }, command.AtLeast, Most, ct);
        return await db.Database.SqlQuery<Found>(
            $"""
            select m.id, m.probability, l.cluster_id as "LeftCluster", r.cluster_id as "RightCluster", md5(m.id::text) as "Draw",
              {command.Judgement.ToString()} <> 'Same' or (coalesce(m.veto, '') not in ('siren', 'source')
                and (a.siren is null or b.siren is null or coalesce(x.alias_of, a.siren) = coalesce(y.alias_of, b.siren))) as "MayBeJudged"
            from matches m
            left join links l on l.record_id = m.left_record_id and l.kind = m.kind
            left join links r on r.record_id = m.right_record_id and r.kind = m.kind
            left join accounts a on m.kind = 'Account' and a.id = l.cluster_id
            left join accounts b on m.kind = 'Account' and b.id = r.cluster_id
            left join siren_aliases x on x.siren = a.siren
            left join siren_aliases y on y.siren = b.siren
            where m.id = any({ids})
            """).ToListAsync(ct);
    }

    private sealed record Found(Guid Id, double Probability, Guid? LeftCluster, Guid? RightCluster, string Draw, bool MayBeJudged);
}

/// <summary>A judgement on all the pairs that wait and fit.</summary>
/// <param name="AtLeast">The smallest probability; null for any.</param>
/// <param name="Looked">How many pairs the trial found; refused when it is not so any more.</param>
public sealed record BulkJudge(MatchFilter Filter, Judgement Judgement, double? AtLeast = null, string? Reason = null, int? Looked = null);

internal sealed class BulkJudgeValidator : AbstractValidator<BulkJudge>
{
    public BulkJudgeValidator()
    {
        RuleFor(b => b.Filter).NotNull();
        RuleFor(b => b.Judgement).Must(judgement => judgement is Judgement.Same or Judgement.Different);
        RuleFor(b => b.AtLeast).InclusiveBetween(0, 1);
        RuleFor(b => b.Reason).MaximumLength(1000);
    }
}

/// <summary>What a judgement on many pairs would do.</summary>
/// <param name="LeftOut">Pairs that fit, but that nobody may join.</param>
/// <param name="Golden">How many golden rows they speak of.</param>
/// <param name="Lowest">The smallest probability among them.</param>
/// <param name="Beyond">Pairs that fit too, and are too many for one act: the lightest, which wait for the next.</param>
/// <param name="Drawn">Some of them, the least probable first, to look at before deciding.</param>
public sealed record BulkTrial(int Pairs, int LeftOut, int Golden, double? Lowest, IReadOnlyList<MatchRow> Drawn, int Beyond = 0);

/// <summary>An act on many pairs.</summary>
public sealed record BulkDone(Guid Batch, int Pairs);
