using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Security;

namespace Rcu.Exploration.Desk;

/// <summary>
/// Does one thing on many people of a list: a tag, a task on the account of each, or following those accounts. Taken back as what
/// is done on accounts is.
/// </summary>
public sealed class ContactBatches(RcuDb db, IValidator<DoBatch> validator, TimeProvider clock)
{
    /// <summary>What can be done on people: nobody is in charge of a person, but of their account.</summary>
    public static readonly IReadOnlyList<BatchAct> Acts = [BatchAct.Tag, BatchAct.Task, BatchAct.Follow];

    /// <param name="filter">The list the people are of.</param>
    public async Task<Result<AccountBatch>> DoAsync(AccountScope scope, ContactFilter filter, DoBatch command, string by, CancellationToken ct)
    {
        if (validator.Refusal(command) is { } malformed)
        {
            return malformed;
        }

        if (!Acts.Contains(command.Act))
        {
            return TaskErrors.NotOnPeople;
        }

        var listed = command.Ids is { } ticked
            ? scope.Contacts(db).Where(c => ticked.Contains(c.Id))
            : filter.Apply(scope.Contacts(db), db);
        var people = await listed.OrderBy(c => c.Id).Take(AccountBatches.Most + 1).Select(c => new Chosen(c.Id, c.AccountId)).ToListAsync(ct);
        if (people.Count > AccountBatches.Most)
        {
            return TaskErrors.TooManyPeople(AccountBatches.Most);
        }

        if (people.Count == 0)
        {
            return ExplorationErrors.ContactNotFound;
        }

        var batch = new AccountBatch
        {
            List = ListKind.Contacts,
            Act = command.Act,
            Value = command.Value?.Trim() ?? "",
            Accounts = 0,
            DoneBy = by,
            DoneAt = clock.GetUtcNow(),
        };
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        batch.Accounts = await WriteAsync(batch, command, people, by, ct);
        db.Add(batch);
        db.Audit.Add(new AuditEntry
        {
            At = clock.GetUtcNow(),
            Who = by,
            Action = "contacts.changed",
            Subject = $"{batch.Id}",
            Details = new Dictionary<string, string> { ["act"] = $"{batch.Act}", ["value"] = batch.Value, ["contacts"] = $"{batch.Accounts}" },
        });
        await db.SaveChangesAsync(ct);
        await commit.CommitAsync(ct);
        return batch;
    }

    private async Task<int> WriteAsync(AccountBatch batch, DoBatch command, List<Chosen> people, string by, CancellationToken ct)
    {
        var (now, who) = (batch.DoneAt, (command.Assignee ?? by).Trim().ToLowerInvariant());
        var accounts = people.Where(p => p.AccountId is not null).Select(p => p.AccountId!.Value).Distinct().ToArray();
        switch (command.Act)
        {
            case BatchAct.Tag:
                var ids = people.Select(p => p.Id).ToArray();
                return await db.Database.ExecuteSqlAsync(
                    $"""
                    insert into contact_tags (contact_id, tag, tagged_by, tagged_at, batch_id)
                    select id, {batch.Value}, {by}, {now}, {batch.Id} from unnest({ids}) as chosen (id) on conflict do nothing
                    """, ct);
            case BatchAct.Follow:
                return await db.Database.ExecuteSqlAsync(
                    $"""
                    insert into account_follows (follower, account_id, since, batch_id)
                    select {who}, id, {now}, {batch.Id} from unnest({accounts}) as chosen (id) on conflict do nothing
                    """, ct);
            default:
                // A task is kept with the account: those without one get none.
                var tasks = people.Where(p => p.AccountId is not null).Select(p => new AccountTask
                {
                    AccountId = p.AccountId!.Value,
                    ContactId = p.Id,
                    Title = batch.Value,
                    Assignee = who,
                    DueOn = command.DueOn,
                    BatchId = batch.Id,
                    CreatedBy = by,
                    CreatedAt = now,
                    UpdatedAt = now,
                }).ToList();
                db.AddRange(tasks);
                return tasks.Count;
        }
    }

    private sealed record Chosen(Guid Id, Guid? AccountId);
}
