using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Ingestion.Drafts;

namespace Rcu.Activation;

/// <summary>Which segments and which tools an import that waits would set in motion, by the profiles its rows already belong to.</summary>
public sealed class ImportReach(RcuDb db)
{
    private const string Members =
        """
        with touched as (
          select distinct l.cluster_id
          from draft_rows d
          join sources s on s.name = {1}
          join records r on r.source_id = s.id and r.kind = {2} and r.external_key = d.external_key and r.removed_at is null and r.fields <> d.fields
          join links l on l.record_id = r.id
          where d.draft_id = {0}
            and not exists (select from draft_skips k where k.draft_id = d.draft_id and k.line = d.line)),
        members as (
          select m.segment_id, count(*) as count
          from segment_members m join touched t on t.cluster_id = m.member_id
          where m.exited_at is null group by m.segment_id)
        """;

    public async Task<IReadOnlyList<Touched>> SegmentsAsync(ImportDraft draft, CancellationToken ct) => await db.Database.SqlQueryRaw<Touched>(
        Members + "select s.id, s.name, m.count from members m join segments s on s.id = m.segment_id where s.archived_at is null order by m.count desc, s.name",
        draft.Id, draft.SourceName ?? "", draft.Kind.ToString()!).ToListAsync(ct);

    public async Task<IReadOnlyList<Touched>> DestinationsAsync(ImportDraft draft, CancellationToken ct) => await db.Database.SqlQueryRaw<Touched>(
        Members + "select d.id, d.name, m.count from members m join destinations d on d.segment_id = m.segment_id order by m.count desc, d.name",
        draft.Id, draft.SourceName ?? "", draft.Kind.ToString()!).ToListAsync(ct);
}
