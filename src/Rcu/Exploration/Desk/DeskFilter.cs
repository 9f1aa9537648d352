using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Resolution;

namespace Rcu.Exploration.Desk;

/// <summary>The part of a list's filter that speaks of what people put on accounts and people: whom they follow, the words they wrote.</summary>
internal static class DeskFilter
{
    /// <summary>What bears a tag, on the ids of the day it was written.</summary>
    public static IQueryable<AccountTag> Bearing(RcuDb db, string tag) => db.Set<AccountTag>().Where(t => t.Tag == tag);

    /// <param name="isBroad">The tag is on very many: each account is asked whether it bears it.</param>
    // The ids of the day they were written, and those that answer for them now.
    public static IQueryable<Account> Apply(IQueryable<Account> accounts, RcuDb db, string? follower, string? tag, bool isBroad)
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

        if (tag is { Length: > 0 } && isBroad)
        {
            var bearing = Bearing(db, tag);
            return accounts.Where(a => bearing.Any(t => t.AccountId == a.Id)
                || db.Redirects.Any(r => r.Kind == ClusterKind.Account && r.SurvivorId == a.Id && bearing.Any(t => t.AccountId == r.RetiredId)));
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

    public static IQueryable<Contact> Apply(IQueryable<Contact> contacts, RcuDb db, string? tag)
    {
        if (tag is not { Length: > 0 })
        {
            return contacts;
        }

        var tagged = db.Database.SqlQuery<Guid>(
            $"""
            select contact_id as "Value" from contact_tags where tag = {tag}
            union all select r.survivor_id from contact_tags t join redirects r on r.retired_id = t.contact_id and r.kind = 'Contact' where t.tag = {tag}
            """);
        return contacts.Where(c => tagged.Contains(c.Id));
    }
}
