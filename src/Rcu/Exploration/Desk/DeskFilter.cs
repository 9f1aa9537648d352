using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;

namespace Rcu.Exploration.Desk;

/// <summary>The part of a list's filter that speaks of what people put on accounts: whom they follow, the words they wrote.</summary>
internal static class DeskFilter
{
    // The ids of the day they were written, and those that answer for them now.
    public static IQueryable<Account> Apply(IQueryable<Account> accounts, RcuDb db, string? follower, string? tag)
    {
        if (follower is not null)
        {
            var who = follower.Trim().ToLowerInvariant();
            var followed = db.Database.SqlQuery<Guid>(
                $"""
                select account_id as "Value" from account_follows where follower = {who}
                union all select r.survivor_id from account_follows f join redirects r on r.retired_id = f.account_id and r.kind = 'Account' where f.follower = {who}
                """);
            accounts = accounts.Where(a => followed.Contains(a.Id));
        }

        if (tag is { Length: > 0 })
        {
            var tagged = db.Database.SqlQuery<Guid>(
                $"""
                select account_id as "Value" from account_tags where tag = {tag}
                union all select r.survivor_id from account_tags t join redirects r on r.retired_id = t.account_id and r.kind = 'Account' where t.tag = {tag}
                """);
            accounts = accounts.Where(a => tagged.Contains(a.Id));
        }

        return accounts;
    }
}
