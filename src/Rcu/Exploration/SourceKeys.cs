using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Resolution;
using Rcu.Security;

namespace Rcu.Exploration;

/// <summary>Finds the golden account or contact behind what other systems know: a key of a source, or an id that was retired.</summary>
public sealed class SourceKeys(RcuDb db)
{
    /// <summary>Who the record of <paramref name="source"/> under <paramref name="key"/> belongs to.</summary>
    public async Task<Result<ClusterRef>> FindAsync(AccountScope scope, string source, string key, ClusterKind kind, CancellationToken ct)
    {
        var ids = from s in db.Sources
                  where s.Name == source
                  join r in db.Records on s.Id equals r.SourceId
                  where r.ExternalKey == key && r.RemovedAt == null
                  join l in db.Links on r.Id equals l.RecordId
                  where l.Kind == kind
                  select l.ClusterId;
        var visible = kind is ClusterKind.Account
            ? scope.Accounts(db).Where(a => ids.Contains(a.Id)).Select(a => a.Id)
            : scope.Contacts(db).Where(c => ids.Contains(c.Id)).Select(c => c.Id);
        var found = await visible.OrderBy(id => id).FirstOrDefaultAsync(ct);
        return found == default ? ExplorationErrors.SourceKeyNotFound : new ClusterRef(kind, found);
    }

    /// <summary>The id that answers for a retired one today; null when it was never retired.</summary>
    public async Task<Guid?> SurvivorAsync(ClusterKind kind, Guid retired, CancellationToken ct)
    {
        Guid? survivor = null;

        // A survivor may have been retired in turn; a ring, which nothing should make, ends too.
        for (var (id, steps) = (retired, 0); steps < 20; steps++)
        {
            var next = await db.Redirects.AsNoTracking()
                .Where(r => r.RetiredId == id && r.Kind == kind).Select(r => (Guid?)r.SurvivorId).FirstOrDefaultAsync(ct);
            if (next is null)
            {
                break;
            }

            survivor = id = next.Value;
        }

        return survivor;
    }
}

/// <summary>A golden account or contact.</summary>
public sealed record ClusterRef(ClusterKind Kind, Guid Id);
