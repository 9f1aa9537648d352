using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Resolution;

namespace Rcu.Unification.Locks;

/// <summary>Which locks hold on golden rows that are computed, and which no longer do.</summary>
internal sealed class LockReader(RcuDb db)
{
    private static readonly ILookup<Guid, ValueLock> None = Array.Empty<(Guid, ValueLock)>().ToLookup(l => l.Item1, l => l.Item2);

    private bool? _any;

    /// <summary>Ends those whose last day is over, and marks the rows they held.</summary>
    /// <param name="today">In the time the hub lives in.</param>
    public Task ExpireAsync(DateOnly today, DateTimeOffset now, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        with over as (
          update value_locks set ended_at = {now}, ended_why = 'expired' where ended_at is null and expires_on < {today}
          returning kind, anchor_record_id)
        insert into stale_clusters (kind, cluster_id)
        select distinct l.kind, l.cluster_id from over o join links l on l.record_id = o.anchor_record_id and l.kind = o.kind
        on conflict do nothing
        """,
        ct);

    /// <summary>Those of these golden rows, each having looked at what its source says now.</summary>
    public async Task<ILookup<Guid, ValueLock>> OfAsync(
        ClusterKind kind, IReadOnlyList<Guid> clusters, ILookup<Guid, ClusterRecord> records, DateTimeOffset now, CancellationToken ct)
    {
        if (!(_any ??= await db.Set<ValueLock>().AnyAsync(l => l.EndedAt == null, ct)))
        {
            return None;
        }

        var found = await db.Set<ValueLock>().AsNoTracking().Where(l => l.Kind == kind && l.EndedAt == null)
            .Join(db.Links.Where(l => l.Kind == kind && clusters.Contains(l.ClusterId)), l => l.AnchorRecordId, l => l.RecordId, (held, link) => new { link.ClusterId, Lock = held })
            .ToListAsync(ct);
        foreach (var one in found)
        {
            var held = one.Lock;
            if (held.Look(records[one.ClusterId].FirstOrDefault(r => r.Id == held.WatchedRecordId)?[held.Field], now))
            {
                await db.Set<ValueLock>().Where(l => l.Id == held.Id)
                    .ExecuteUpdateAsync(l => { l.SetProperty(x => x.MovedAt, held.MovedAt); l.SetProperty(x => x.MovedTo, held.MovedTo); }, ct);
            }
        }

        return found.ToLookup(one => one.ClusterId, one => one.Lock);
    }
}
