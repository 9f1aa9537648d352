using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Resolution;
using Rcu.Security;

namespace Rcu.Unification;

/// <summary>
/// Declares that one account owns part of another or is one of its places, and takes that back. The group of an account shows it
/// at once, and goes on showing it whatever is joined, parted or computed again.
/// </summary>
public sealed class AccountTies(RcuDb db, IValidator<DeclareTie> validator, TimeProvider clock) : IFollowsJudgement
{
    public async Task<Result<AccountTie>> DeclareAsync(AccountScope scope, DeclareTie command, string by, CancellationToken ct)
    {
        if (validator.Refusal(command) is { } malformed)
        {
            return malformed;
        }

        if (command.ParentId == command.ChildId)
        {
            return TieErrors.Itself;
        }

        var known = await scope.Accounts(db).Where(a => a.Id == command.ParentId || a.Id == command.ChildId).CountAsync(ct);
        var (parent, child) = (await AnchorAsync(command.ParentId, ct), await AnchorAsync(command.ChildId, ct));
        return known < 2 || parent is null || child is null
            ? UnificationErrors.AccountNotFound
            : await DeclareAsync(command, (parent.Value, child.Value), null, by, ct);
    }

    /// <summary>Those that were declared about an account and hold, the newest first.</summary>
    public async Task<IReadOnlyList<AccountTie>> ListAsync(AccountScope scope, Guid accountId, CancellationToken ct) =>
        await db.Set<AccountTie>().AsNoTracking()
            .Where(t => t.RetiredAt == null && scope.Accounts(db).Any(a => a.Id == accountId)
                && db.Links.Any(l => l.Kind == ClusterKind.Account && l.ClusterId == accountId && (l.RecordId == t.ParentRecordId || l.RecordId == t.ChildRecordId)))
            .OrderByDescending(t => t.Id).ToListAsync(ct);

    /// <summary>One that holds.</summary>
    public async Task<Result<AccountTie>> FindAsync(Guid id, CancellationToken ct) =>
        await db.Set<AccountTie>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == id && t.RetiredAt == null, ct) is { } tie ? tie : TieErrors.NotFound;

    /// <summary>The link was wrong: it shows nowhere any more. One that has ended is declared with its last day instead.</summary>
    public async Task<Result<AccountTie>> RetireAsync(Guid id, string by, CancellationToken ct)
    {
        if (await db.Set<AccountTie>().SingleOrDefaultAsync(t => t.Id == id && t.RetiredAt == null, ct) is not { } tie)
        {
            return TieErrors.NotFound;
        }

        tie.Retire(by, clock.GetUtcNow());
        await SaveAsync(tie, "tie.retired", by, ct);
        return tie;
    }

    /// <summary>The same between two records, in the transaction of the caller.</summary>
    internal async Task<Result<AccountTie>> DeclareAsync(
        DeclareTie command, (Guid Parent, Guid Child) records, Guid? matchId, string by, CancellationToken ct)
    {
        var around = await db.CapitalLinks.AsNoTracking()
            .Where(l => l.ChildId == command.ChildId || (l.ParentId == command.ChildId && l.ChildId == command.ParentId)).ToListAsync(ct);
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var inForce = around.Where(l => l.EndedOn is null || l.EndedOn >= (command.StartedOn ?? today)).ToList();
        if (inForce.Exists(l => l.ParentId == command.ParentId && l.Nature == command.Nature && l.Source == Source.Saisie))
        {
            return TieErrors.Known;
        }

        if (inForce.Exists(l => l.ParentId == command.ChildId && !(l.Percentage <= 50 && command.Percentage <= 50)))
        {
            return TieErrors.Reversed;
        }

        var others = inForce.Where(l => l.ChildId == command.ChildId && l.ParentId != command.ParentId && l.EndedOn is null).Sum(l => l.Percentage ?? 0);
        if (command.EndedOn is null && command.Percentage is { } share && others + share > 100)
        {
            return TieErrors.OverHundred(others);
        }

        var tie = new AccountTie
        {
            Nature = command.Nature,
            ParentRecordId = records.Parent,
            ChildRecordId = records.Child,
            Percentage = command.Percentage,
            StartedOn = command.StartedOn,
            EndedOn = command.EndedOn,
            Reason = string.IsNullOrWhiteSpace(command.Reason) ? null : command.Reason.Trim(),
            MatchId = matchId,
            DeclaredBy = by,
            DeclaredAt = clock.GetUtcNow(),
        };
        db.Add(tie);
        await SaveAsync(tie, "tie.declared", by, ct);
        return tie;
    }

    /// <summary>What was declared in answer to a pair goes away with the answer.</summary>
    public async Task TakeBackAsync(Match match, string by, CancellationToken ct)
    {
        foreach (var tie in await db.Set<AccountTie>().Where(t => t.MatchId == match.Id && t.RetiredAt == null).ToListAsync(ct))
        {
            tie.Retire(by, clock.GetUtcNow());
            await SaveAsync(tie, "tie.retired", by, ct);
        }
    }

    /// <summary>
    /// Writes what the words of people come to now that records are where they are. Between two records of one account there is
    /// nothing to show, until they come apart.
    /// </summary>
    internal static Task ProjectAsync(RcuDb db, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        with wanted as (
          select t.id, p.cluster_id as parent_id, c.cluster_id as child_id, t.nature, t.percentage, t.started_on, t.ended_on, t.parent_record_id
          from account_ties t
          join links p on p.record_id = t.parent_record_id and p.kind = 'Account'
          join links c on c.record_id = t.child_record_id and c.kind = 'Account'
          where t.retired_at is null and p.cluster_id <> c.cluster_id),
        gone as (
          delete from capital_links l using account_ties t
          where t.id = l.id and not exists (select from wanted w where w.id = l.id))
        insert into capital_links (id, parent_id, child_id, nature, percentage, started_on, ended_on, source, record_id)
        select id, parent_id, child_id, nature, percentage, started_on, ended_on, {Source.Saisie}, parent_record_id from wanted
        on conflict (id) do update set parent_id = excluded.parent_id, child_id = excluded.child_id
        where (capital_links.parent_id, capital_links.child_id) is distinct from (excluded.parent_id, excluded.child_id)
        """,
        ct);

    private Task<Guid?> AnchorAsync(Guid account, CancellationToken ct) => db.Links
        .Where(l => l.Kind == ClusterKind.Account && l.ClusterId == account)
        .Join(
            db.Records.Where(r => r.Kind == RecordKind.Account && r.RemovedAt == null && !db.Sources.Any(s => s.Id == r.SourceId && s.Name == Source.Saisie)),
            l => l.RecordId, r => r.Id, (_, r) => (Guid?)r.Id)
        .OrderBy(id => id).FirstOrDefaultAsync(ct);

    private async Task SaveAsync(AccountTie tie, string action, string by, CancellationToken ct)
    {
        await using var commit = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        db.Audit.Add(new AuditEntry
        {
            At = clock.GetUtcNow(),
            Who = by,
            Action = action,
            Subject = tie.Id.ToString(),
            Details = new Dictionary<string, string> { ["nature"] = tie.Nature.ToString() },
        });
        await db.SaveChangesAsync(ct);
        await ProjectAsync(db, ct);
        if (commit is not null)
        {
            await commit.CommitAsync(ct);
        }
    }
}

/// <summary>One account hangs on another.</summary>
/// <param name="ParentId">The one that owns, or the head office.</param>
/// <param name="Percentage">Of the capital; null when only the link is known.</param>
public sealed record DeclareTie(
    Guid ParentId, Guid ChildId, TieNature Nature = TieNature.Capital, decimal? Percentage = null, DateOnly? StartedOn = null, DateOnly? EndedOn = null,
    string? Reason = null);

internal sealed class DeclareTieValidator : AbstractValidator<DeclareTie>
{
    public DeclareTieValidator()
    {
        RuleFor(t => t.Nature).IsInEnum();
        RuleFor(t => t.Percentage).GreaterThan(0).LessThanOrEqualTo(100).PrecisionScale(5, 2, true);
        RuleFor(t => t.Percentage).Null().When(t => t.Nature is TieNature.Establishment);
        RuleFor(t => t.EndedOn).GreaterThanOrEqualTo(t => t.StartedOn).When(t => t.StartedOn is not null);
        RuleFor(t => t.Reason).MaximumLength(500);
    }
}
