using Microsoft.EntityFrameworkCore;
using Rcu.Data;

namespace Rcu.Ingestion;

/// <summary>What taking an import back would change, told before it is done.</summary>
public sealed class UndoPreview(RcuDb db)
{
    public async Task<UndoEffects> FindAsync(Guid runId, CancellationToken ct) => (await db.Database.SqlQuery<UndoEffects>(
        $"""
        with brought as (select source_id, kind, external_key from source_records where run_id = {runId}),
        undone as (
          select exists (
            select from source_records version
            left join runs r on r.id = version.run_id
            where version.source_id = record.source_id and version.kind = record.kind and version.external_key = record.external_key
              and version.run_id <> {runId} and r.undone_at is null) as has_former
          from records record
          where record.run_id = {runId} and record.removed_at is null)
        select
          (select count(*) from undone where has_former) as restored,
          (select count(*) from undone where not has_former) as removed,
          (select count(*) from brought) - (select count(*) from undone) as overtaken
        """).ToListAsync(ct)).Single();
}

/// <summary>What becomes of the records of an import that is taken back.</summary>
/// <param name="Restored">They say again what their source said before.</param>
/// <param name="Removed">Only this import brought them: they count for nothing any more.</param>
/// <param name="Overtaken">A later import has replaced them: they stay as they are.</param>
public sealed record UndoEffects(long Restored, long Removed, long Overtaken);
