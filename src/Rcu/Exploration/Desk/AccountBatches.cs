using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Jobs;
using Rcu.Resolution;
using Rcu.Security;
using Rcu.Unification;

namespace Rcu.Exploration.Desk;

/// <summary>Does one thing on many accounts of a list, and takes it back: only what it changed itself is undone.</summary>
public sealed class AccountBatches(RcuDb db, IValidator<DoBatch> validator, Imports imports, PipelineRuns pipeline, TimeProvider clock)
{
    public const int Most = 5_000;

    /// <param name="filter">The list the accounts are of.</param>
    public async Task<Result<AccountBatch>> DoAsync(AccountScope scope, AccountFilter filter, DoBatch command, string by, CancellationToken ct)
    {
        if (validator.Refusal(command) is { } malformed)
        {
            return malformed;
        }

        var listed = command.Ids is { } ticked
            ? scope.Accounts(db).Where(a => ticked.Contains(a.Id))
            : filter.Apply(scope.Accounts(db), db, clock.GetUtcNow());
        var accounts = await listed.OrderBy(a => a.Id).Take(Most + 1).Select(a => new Chosen(a.Id, a.Name)).ToListAsync(ct);
        if (accounts.Count > Most)
        {
            return TaskErrors.TooManyAccounts(Most);
        }

        if (accounts.Count == 0)
        {
            return ExplorationErrors.AccountNotFound;
        }

        var batch = new AccountBatch
        {
            Act = command.Act,
            Value = command.Value?.Trim() ?? "",
            Accounts = 0,
            DoneBy = by,
            DoneAt = clock.GetUtcNow(),
        };
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        batch.Accounts = await WriteAsync(batch, command, accounts, by, ct);
        db.Add(batch);
        Note("accounts.changed", batch, by);
        await db.SaveChangesAsync(ct);
        await commit.CommitAsync(ct);
        if (batch.RunId is not null)
        {
            await pipeline.RequestAsync(by, ct);
        }

        return batch;
    }

    /// <summary>What it did is taken back; what was done since stays.</summary>
    public async Task<Result<AccountBatch>> UndoAsync(Guid id, string by, CancellationToken ct)
    {
        if (await db.Set<AccountBatch>().SingleOrDefaultAsync(b => b.Id == id, ct) is not { } batch)
        {
            return TaskErrors.NoBatch;
        }

        if (batch.UndoneBy is { } undoneBy)
        {
            return TaskErrors.BatchUndone(undoneBy);
        }

        if (batch.RunId is { } run && (await imports.UndoAsync(run, by, ct)).Error is { } refusal)
        {
            return refusal;
        }

        await using var commit = await db.Database.BeginTransactionAsync(ct);
        await db.Set<AccountTag>().Where(t => t.BatchId == id).ExecuteDeleteAsync(ct);
        await db.Set<ContactTag>().Where(t => t.BatchId == id).ExecuteDeleteAsync(ct);
        await db.Set<Follow>().Where(f => f.BatchId == id).ExecuteDeleteAsync(ct);
        await db.Set<AccountTask>().Where(t => t.BatchId == id && t.DoneAt == null).ExecuteDeleteAsync(ct);
        (batch.UndoneBy, batch.UndoneAt) = (by, clock.GetUtcNow());
        Note("accounts.change_undone", batch, by);
        await db.SaveChangesAsync(ct);
        await commit.CommitAsync(ct);
        return batch;
    }

    private async Task<int> WriteAsync(AccountBatch batch, DoBatch command, List<Chosen> accounts, string by, CancellationToken ct)
    {
        var ids = accounts.Select(a => a.Id).ToArray();
        var (now, who) = (batch.DoneAt, (command.Assignee ?? by).Trim().ToLowerInvariant());
        switch (command.Act)
        {
            case BatchAct.Assign:
                var owner = new Dictionary<string, string> { ["owner"] = batch.Value.ToLowerInvariant() };
                batch.RunId = await new CorrectionWriter(db, clock).WriteAsync(
                    ClusterKind.Account, [.. accounts.Select(a => new Correction(a.Id, a.Name, owner))], $"Saisie sur {accounts.Count} comptes", by, ct);
                return accounts.Count;
            case BatchAct.Tag:
                return await db.Database.ExecuteSqlAsync(
                    $"""
                    insert into account_tags (account_id, tag, tagged_by, tagged_at, batch_id)
                    select id, {batch.Value}, {by}, {now}, {batch.Id} from unnest({ids}) as chosen (id) on conflict do nothing
                    """, ct);
            case BatchAct.Follow:
                return await db.Database.ExecuteSqlAsync(
                    $"""
                    insert into account_follows (follower, account_id, since, batch_id)
                    select {who}, id, {now}, {batch.Id} from unnest({ids}) as chosen (id) on conflict do nothing
                    """, ct);
            case BatchAct.Task:
                db.AddRange(ids.Select(id => new AccountTask
                {
                    AccountId = id,
                    Title = batch.Value,
                    Assignee = who,
                    DueOn = command.DueOn,
                    BatchId = batch.Id,
                    CreatedBy = by,
                    CreatedAt = now,
                    UpdatedAt = now,
                }));
                return ids.Length;
            default:
                throw new ArgumentOutOfRangeException(nameof(command));
        }
    }

    private void Note(string action, AccountBatch batch, string by) => db.Audit.Add(new AuditEntry
    {
        At = clock.GetUtcNow(),
        Who = by,
        Action = action,
        Subject = $"{batch.Id}",
        Details = new Dictionary<string, string> { ["act"] = $"{batch.Act}", ["value"] = batch.Value, ["accounts"] = $"{batch.Accounts}" },
    });

    private sealed record Chosen(Guid Id, string Name);
}
