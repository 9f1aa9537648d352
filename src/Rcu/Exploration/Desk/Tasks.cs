using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Resolution;
using Rcu.Security;

namespace Rcu.Exploration.Desk;

/// <summary>What people mean to do about accounts: written, changed, done, taken back; one account's, or one person's.</summary>
public sealed class Tasks(RcuDb db, IValidator<SaveTask> validator, TimeProvider clock)
{
    public const int PageSize = 100;

    // Of an account: what is to be done, and the last ones done.
    private const int ShownDone = 3;

    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    /// <summary>The day it is for whoever reads.</summary>
    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Paris).DateTime);

    /// <summary>To be done first, by date; then the last ones that were.</summary>
    public async Task<IReadOnlyList<TaskLine>> OfAccountAsync(AccountScope scope, Guid accountId, CancellationToken ct)
    {
        var ids = AccountIds.Of(db, accountId);
        var sorted = Rows(scope, db.Set<AccountTask>().Where(t => ids.Contains(t.AccountId)))
            .OrderBy(r => r.Task.DoneAt != null).ThenByDescending(r => r.Task.DoneAt).ThenBy(r => r.Task.DueOn == null).ThenBy(r => r.Task.DueOn)
            .ThenBy(r => r.Task.Id);
        var rows = await Lines(scope, sorted.Take(PageSize)).ToListAsync(ct);
        return [.. rows.Where(t => t.DoneAt is null), .. rows.Where(t => t.DoneAt is not null).Take(ShownDone)];
    }

    /// <summary>What somebody has to do, the most pressing first; or what they did of late.</summary>
    public async Task<IReadOnlyList<TaskLine>> OfPersonAsync(AccountScope scope, string person, bool done, CancellationToken ct)
    {
        var who = Name(person);
        var theirs = Rows(scope, db.Set<AccountTask>().Where(t => t.Assignee == who && t.DoneAt != null == done));
        var sorted = done ? theirs.OrderByDescending(r => r.Task.DoneAt).ThenBy(r => r.Task.Id)
            : theirs.OrderBy(r => r.Task.DueOn == null).ThenBy(r => r.Task.DueOn).ThenBy(r => r.Task.Id);
        return await Lines(scope, sorted.Take(PageSize)).ToListAsync(ct);
    }

    /// <summary>How many press: late, due today, or whose reminder has rung.</summary>
    public Task<int> PressingAsync(AccountScope scope, string person, CancellationToken ct)
    {
        var (who, today, now) = (Name(person), Today, clock.GetUtcNow());
        var pressing = db.Set<AccountTask>().Where(t => t.Assignee == who && t.DoneAt == null && (t.DueOn <= today || t.RemindAt <= now));
        return Rows(scope, pressing).CountAsync(ct);
    }

    public async Task<Result<TaskLine>> FindAsync(AccountScope scope, Guid id, CancellationToken ct) =>
        await Lines(scope, Rows(scope, db.Set<AccountTask>().Where(t => t.Id == id))).SingleOrDefaultAsync(ct) is { } line ? line : TaskErrors.NotFound;

    public async Task<Result<TaskLine>> AddAsync(AccountScope scope, Guid accountId, SaveTask command, string by, CancellationToken ct)
    {
        if (validator.Refusal(command) is { } malformed)
        {
            return malformed;
        }

        if (!await scope.Accounts(db).AnyAsync(a => a.Id == accountId, ct))
        {
            return ExplorationErrors.AccountNotFound;
        }

        if (command.ContactId is { } contact && !await scope.Contacts(db).AnyAsync(c => c.Id == contact, ct))
        {
            return ExplorationErrors.ContactNotFound;
        }

        var now = clock.GetUtcNow();
        var task = new AccountTask
        {
            AccountId = accountId,
            ContactId = command.ContactId,
            Title = command.Title.Trim(),
            Assignee = Name(command.Assignee ?? by),
            DueOn = command.DueOn,
            RemindAt = command.RemindAt?.ToUniversalTime(),
            CreatedBy = by,
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Add(task);
        await db.SaveChangesAsync(ct);
        return await FindAsync(scope, task.Id, ct);
    }

    /// <summary>The same on another day, for somebody else, or in other words.</summary>
    public Task<Result<TaskLine>> ChangeAsync(AccountScope scope, Guid id, SaveTask command, string by, CancellationToken ct) =>
        validator.Refusal(command) is { } malformed
            ? Task.FromResult<Result<TaskLine>>(malformed)
            : WriteAsync(scope, id, command.Version, task =>
            {
                task.Title = command.Title.Trim();
                task.DueOn = command.DueOn;
                task.RemindAt = command.RemindAt?.ToUniversalTime();
                task.Assignee = Name(command.Assignee ?? by);
                task.ContactId = command.ContactId ?? task.ContactId;
                task.Touch(clock.GetUtcNow());
            }, ct);

    public Task<Result<TaskLine>> TickAsync(AccountScope scope, Guid id, bool done, int? version, string by, CancellationToken ct) =>
        WriteAsync(scope, id, version, task => task.Tick(done, by, clock.GetUtcNow()), ct);

    public async Task<Result<Guid>> RemoveAsync(AccountScope scope, Guid id, int? version, CancellationToken ct)
    {
        var found = await FindAsync(scope, id, ct);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        var removed = await db.Set<AccountTask>().Where(t => t.Id == id && (version == null || t.Version == version)).ExecuteDeleteAsync(ct);
        return removed == 0 ? TaskErrors.Stale : id;
    }

    private async Task<Result<TaskLine>> WriteAsync(AccountScope scope, Guid id, int? version, Action<AccountTask> change, CancellationToken ct)
    {
        var found = await FindAsync(scope, id, ct);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        if (await db.Set<AccountTask>().SingleOrDefaultAsync(t => t.Id == id, ct) is not { } task || (version is not null && task.Version != version))
        {
            return TaskErrors.Stale;
        }

        change(task);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return TaskErrors.Stale;
        }

        return await FindAsync(scope, id, ct);
    }

    private IQueryable<Row> Rows(AccountScope scope, IQueryable<AccountTask> tasks) =>
        from task in tasks.AsNoTracking()
        let today = db.Redirects.Where(r => r.RetiredId == task.AccountId && r.Kind == ClusterKind.Account).Select(r => (Guid?)r.SurvivorId).FirstOrDefault()
            ?? task.AccountId
        join account in scope.Accounts(db) on today equals account.Id
        select new Row { Task = task, Account = account };

    private IQueryable<TaskLine> Lines(AccountScope scope, IQueryable<Row> rows) => rows.Select(r => new TaskLine(
        r.Task.Id, r.Account.Id, r.Account.Name, r.Account.Address.City, r.Task.ContactId,
        scope.Contacts(db).Where(c => c.Id == r.Task.ContactId).Select(c => c.Name).FirstOrDefault(),
        r.Task.Title, r.Task.Assignee, r.Task.DueOn, r.Task.RemindAt, r.Task.DoneAt, r.Task.DoneBy, r.Task.CreatedBy, r.Task.CreatedAt, r.Task.UpdatedAt,
        r.Task.Version));

    private static string Name(string person) => person.Trim().ToLowerInvariant();

    private sealed class Row
    {
        public required AccountTask Task { get; init; }

        public required Customers.Account Account { get; init; }
    }
}
