using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Security;

namespace Rcu.Exploration.Desk;

/// <summary>What somebody has seen of what there is to keep in mind of an account: it is not told them again until it says something else.</summary>
public sealed class SeenNotables(RcuDb db, AccountSheets sheets, TimeProvider clock)
{
    /// <summary>Hides a sentence from one person, as it stands now.</summary>
    public async Task<Result<Notable>> HideAsync(AccountScope scope, Guid accountId, string code, string person, CancellationToken ct)
    {
        var sheet = await sheets.ReadAsync(scope, accountId, ct);
        if (!sheet.Succeeded)
        {
            return sheet.Error;
        }

        if (sheet.Value.AllNotables.FirstOrDefault(n => n.Code == code) is not { } notable)
        {
            return ExplorationErrors.NoNotable;
        }

        var (who, now) = (Name(person), clock.GetUtcNow());
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into notable_views (person, account_id, code, said, at) values ({who}, {accountId}, {code}, {notable.Said}, {now})
            on conflict (person, account_id, code) do update set said = excluded.said, at = excluded.at
            """, ct);
        return notable;
    }

    /// <summary>Shows one, or all of them, again.</summary>
    public async Task<Result<int>> ShowAsync(AccountScope scope, Guid accountId, string? code, string person, CancellationToken ct)
    {
        var who = Name(person);
        return !await scope.Accounts(db).AnyAsync(a => a.Id == accountId, ct) ? ExplorationErrors.AccountNotFound
            : await db.Database.ExecuteSqlAsync(
                $"delete from notable_views where person = {who} and account_id = {accountId} and ({code}::text is null or code = {code})", ct);
    }

    private static string Name(string person) => person.Trim().ToLowerInvariant();
}
