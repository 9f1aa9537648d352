using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Security;

namespace Rcu.Exploration;

/// <summary>The capital group around one account: who owns it, what it owns, and what its owners own beside it.</summary>
public sealed class AccountGroup(RcuDb db)
{
    public async Task<IReadOnlyList<GroupLink>> ReadAsync(AccountScope scope, Guid id, CancellationToken ct)
    {
        var parents = db.CapitalLinks.Where(l => l.ChildId == id).Select(l => l.ParentId);
        var around = db.CapitalLinks.Where(l => l.ChildId == id || l.ParentId == id).Select(l => l.Id)
            .Union(db.CapitalLinks.Where(l => parents.Contains(l.ParentId)).Select(l => l.Id));
        var links = from link in db.CapitalLinks.AsNoTracking()
                    where around.Contains(link.Id)
                    join parent in scope.Accounts(db) on link.ParentId equals parent.Id
                    join child in scope.Accounts(db) on link.ChildId equals child.Id
                    orderby link.ParentId == id, parent.Name, child.Name, link.Id
                    select new GroupLink(
                        new GroupMember(parent.Id, parent.Name, (decimal?)parent.Metrics!.Revenue12m),
                        new GroupMember(child.Id, child.Name, (decimal?)child.Metrics!.Revenue12m),
                        link.Percentage, link.StartedOn, link.EndedOn, link.Source);
        return await links.Take(200).ToListAsync(ct);
    }
}

/// <summary>One account owns part of another.</summary>
public sealed record GroupLink(
    GroupMember Parent, GroupMember Child, decimal? Percentage, DateOnly? StartedOn, DateOnly? EndedOn, string Source);

/// <summary>A company of the group.</summary>
public sealed record GroupMember(Guid Id, string Name, decimal? Revenue12m);
