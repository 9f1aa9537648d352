using Microsoft.EntityFrameworkCore;
using Rcu.Data;

namespace Rcu.Ingestion;

/// <summary>What taking an import back would change, told before it is done.</summary>
public sealed class UndoPreview(RcuDb db)
{
    public async Task<UndoEffects> FindAsync(Guid runId, CancellationToken ct) => (await db.Database.SqlQuery<UndoEffects>(
        $"""
        with brought as (select distinct source_id, kind, external_key from source_records where run_id = {runId}),
        undone as (
          select record.removed_at is null as counts, exists (
            select from source_records version
            left join runs r on r.id = version.run_id
            where version.source_id = record.source_id and version.kind = record.kind and version.external_key = record.external_key
              and version.run_id <> {runId} and r.undone_at is null and not version.gone) as has_former
          from records record
          where record.run_id = {runId} and (record.removed_at is null or record.gone_at is not null))
        select
          (select count(*) from undone where has_former) as restored,
          (select count(*) from undone where not has_former and counts) as removed,
          (select count(*) from brought) - (select count(*) from undone) as overtaken
        """).ToListAsync(ct)).Single();

    /// <summary>
    /// What was said or done since about the same records, the latest first: later imports and what people typed stay, what
    /// stewards judged on the strength of the import is to be looked at again.
    /// </summary>
    public async Task<IReadOnlyList<UndoConflict>> ConflictsAsync(Guid runId, CancellationToken ct) => await db.Database.SqlQuery<UndoConflict>(
        $"""
        with brought as (
          select r.id, r.external_key, r.run_id, v.received_at
          from source_records v
          join records r on r.source_id = v.source_id and r.kind = v.kind and r.external_key = v.external_key
          where v.run_id = {runId}),
        typed as (
          select b.external_key, e.fields, r.requested_by, e.changed_at
          from brought b
          join links l on l.record_id = b.id
          join links other on other.kind = l.kind and other.cluster_id = l.cluster_id and other.record_id <> b.id
          join records e on e.id = other.record_id and e.changed_at > b.received_at and e.removed_at is null
          join sources s on s.id = e.source_id and s.name = 'saisie'
          left join runs r on r.id = e.run_id)
        (select 'import' as kind, b.external_key as key, r.label as what, r.requested_by as who, r.queued_at as at
         from brought b join runs r on r.id = b.run_id where b.run_id <> {runId} and r.undone_at is null
         order by r.queued_at desc limit {Shown})
        union all
        (select 'typed', t.external_key, (select string_agg(f, ', ' order by f) from jsonb_object_keys(t.fields) f), coalesce(t.requested_by, '?'), t.changed_at
         from typed t order by t.changed_at desc limit {Shown})
        union all
        (select case when m.judgement = 'Same' then 'same' else 'different' end, b.external_key, m.sentence, coalesce(m.judged_by, '?'), m.judged_at
         from brought b join matches m on m.left_record_id = b.id or m.right_record_id = b.id
         where m.judged_at > b.received_at order by m.judged_at desc limit {Shown})
        """).ToListAsync(ct);

    private const int Shown = 20;
}

/// <summary>Something that happened since to a record of an import that is to be taken back.</summary>
/// <param name="Kind"><c>import</c>, <c>typed</c>, <c>same</c> or <c>different</c>.</param>
/// <param name="What">The file, the fields typed, or the sentence that was judged.</param>
public sealed record UndoConflict(string Kind, string Key, string What, string Who, DateTimeOffset At);

/// <summary>What becomes of the records of an import that is taken back.</summary>
/// <param name="Restored">They say again what their source said before.</param>
/// <param name="Removed">Only this import brought them: they count for nothing any more.</param>
/// <param name="Overtaken">A later import has replaced them: they stay as they are.</param>
public sealed record UndoEffects(long Restored, long Removed, long Overtaken);
