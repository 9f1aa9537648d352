using Microsoft.EntityFrameworkCore;
using Rcu.Data;

namespace Rcu.Ingestion;

/// <summary>Takes the evidence of an undone run back: it stays, and counts for nothing.</summary>
internal static class TakingBack
{
    /// <summary>
    /// Points the records of an undone run at what their source said before it: a version of theirs, or that they were no more
    /// there. Those that only this run brought are marked removed.
    /// </summary>
    public static async Task RunAsync(RcuDb db, Guid runId, DateTimeOffset now, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"update import_stamps set undone_at = clock_timestamp() where run_id = {runId}", ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            update records r
            set source_record_id = coalesce(before.id, r.source_record_id),
                content_hash = coalesce(before.content_hash, r.content_hash),
                run_id = coalesce(before.run_id, r.run_id),
                cleaned_at = case when before.id is null or before.gone then r.cleaned_at end,
                removed_at = case when before.id is null or before.gone then clock_timestamp() end,
                gone_at = case when before.gone then before.received_at end,
                changed_at = coalesce(before.received_at, {now})
            from records undone
            left join lateral (
              select version.id, version.content_hash, version.run_id, version.received_at, version.gone
              from source_records version
              left join runs brought on brought.id = version.run_id
              where version.source_id = undone.source_id and version.kind = undone.kind and version.external_key = undone.external_key
                and brought.undone_at is null
              order by version.id desc
              limit 1) before on true
            where undone.run_id = {runId} and (undone.removed_at is null or undone.gone_at is not null) and r.id = undone.id
            """,
            ct);
    }
}
