using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Resolution;
using Rcu.Security;

namespace Rcu.Exploration;

/// <summary>Finds accounts by a name a source gave them once and gives them no more.</summary>
internal sealed class PastNames(RcuDb db)
{
    /// <summary>Those that bore the words that were typed, the latest to change first.</summary>
    public async Task<IReadOnlyList<SearchHit>> FindAsync(AccountScope scope, NameQuery name, int shown, CancellationToken ct)
    {
        if (name.IsEmpty || name.Text.Length < 3)
        {
            return [];
        }

        var past = db.Set<PastName>().AsNoTracking();
        foreach (var readings in name.Words)
        {
            var patterns = readings.Select(r => $"%{r}%").ToArray();
            past = past.Where(p => patterns.Any(pattern => EF.Functions.Like(p.Folded, pattern)));
        }

        var found = await (
            from p in past
            join link in db.Links on p.RecordId equals link.RecordId
            where link.Kind == ClusterKind.Account
            join account in scope.Accounts(db) on link.ClusterId equals account.Id
            orderby p.Until descending, account.Id
            select new { p.Name, Hit = new SearchHit(SearchKind.Account, account.Id, account.Name, account.Siren, account.Address.City, account.Type.ToString(), null, "past") { IsCeased = account.InseeState == "C" } })
            .Take(4 * shown).ToListAsync(ct);
        return [.. found.DistinctBy(f => f.Hit.Id).Take(shown).Select(f => f.Hit with { FormerName = f.Name })];
    }
}
