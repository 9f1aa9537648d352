using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Resolution;

namespace Rcu.Unification;

/// <summary>What people last typed on a golden row, which it may not show yet: the stages that follow take a moment.</summary>
internal sealed class TypedValues(RcuDb db)
{
    /// <summary>Null when nobody typed this field, or it was taken back.</summary>
    public async Task<TypedValue?> LastAsync(ClusterKind kind, Guid goldenId, string field, CancellationToken ct)
    {
        var (name, saisie, prefix) = (kind.ToString(), Source.Saisie, $"{kind.ToString().ToLowerInvariant()}:");
        var rows = await db.Database.SqlQuery<TypedValue>(
            $"""
            select v.payload ->> {field} as "Value", run.requested_by as "By", v.received_at as "At"
            from records r
            join sources s on s.id = r.source_id and s.name = {saisie}
            join source_records v on v.id = r.source_record_id
            join runs run on run.id = v.run_id
            where r.removed_at is null and r.kind = {name} and v.payload ->> {field} <> ''
              and (r.id in (select record_id from links where cluster_id = {goldenId} and kind = {name})
                or r.external_key in (select {prefix} || replace(record_id::text, '-', '') from links where cluster_id = {goldenId} and kind = {name}))
            order by v.received_at desc, v.id desc limit 1
            """).ToListAsync(ct);
        return rows.FirstOrDefault();
    }
}

/// <summary>A value as somebody typed it.</summary>
/// <param name="By">Who.</param>
public sealed record TypedValue(string Value, string By, DateTimeOffset At);
