using Microsoft.EntityFrameworkCore;
using Rcu.Data;

namespace Rcu.Exploration.Desk;

/// <summary>The ids an account answers to: its own and those retired to it, so that what was written about one is shown on the other.</summary>
internal static class AccountIds
{
    public static IQueryable<Guid> Of(RcuDb db, Guid id) => db.Database.SqlQuery<Guid>(
        $"""select {id} as "Value" union all select retired_id from redirects where survivor_id = {id} and kind = 'Account'""");
}
