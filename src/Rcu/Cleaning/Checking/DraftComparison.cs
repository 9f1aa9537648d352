using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Ingestion.Drafts;

namespace Rcu.Cleaning.Checking;

/// <summary>Compares the rows of a file that waits with what the hub holds: what would be new, what would change and how.</summary>
internal static class DraftComparison
{
    private const int Samples = 20;

    // The last of twins speaks, as in an import; what was left out does not.
    private const string Rows =
        """
        with rows as materialized (
          select distinct on (d.external_key) d.external_key, d.line, d.fields
          from draft_rows d
          where d.draft_id = {0} and not exists (select from draft_skips s where s.draft_id = d.draft_id and s.line = d.line)
          order by d.external_key, d.place desc),
        known as materialized (
          select rows.external_key, rows.line, rows.fields, r.fields as before, r.id is not null as is_known
          from rows
          left join records r on r.source_id = {1} and r.kind = {2} and r.external_key = rows.external_key and r.removed_at is null)
        """;

    private const string Changes =
        """
        , changes as (
          select known.line, known.external_key, field, known.before ->> field as before, known.fields ->> field as after
          from known cross join lateral jsonb_object_keys(known.before || known.fields) field
          where known.is_known and known.before <> known.fields and known.before ->> field is distinct from known.fields ->> field)
        """;

    public static async Task<DraftEffects> EffectsAsync(RcuDb db, ImportDraft draft, CancellationToken ct)
    {
        var source = await db.Sources.Where(s => s.Name == draft.SourceName).Select(s => (Guid?)s.Id).SingleOrDefaultAsync(ct) ?? Guid.Empty;
        var kind = draft.Kind.ToString()!;
        await db.Database.ExecuteSqlAsync($"analyze draft_rows", ct);
        if (!await db.Records.AnyAsync(r => r.SourceId == source && r.Kind == draft.Kind && r.RemovedAt == null, ct))
        {
            return new DraftEffects { Created = await KeysAsync(db, draft, ct), Changes = [], Samples = [] }; // nothing to compare with
        }

        var counts = (await db.Database.SqlQueryRaw<Counts>(
            Rows +
            """
            select count(*) filter (where not is_known) as created,
                   count(*) filter (where is_known and before <> fields) as updated,
                   count(*) filter (where is_known and before = fields) as unchanged
            from known
            """, draft.Id, source, kind).ToListAsync(ct)).Single();
        if (counts.Updated == 0)
        {
            return new DraftEffects { Created = counts.Created, Unchanged = counts.Unchanged, Changes = [], Samples = [] };
        }

        var changes = await db.Database.SqlQueryRaw<FieldChange>(
            Rows + Changes +
            "select field, count(*) as count, count(*) filter (where after is null) as emptied from changes group by field order by count desc, field",
            draft.Id, source, kind).ToListAsync(ct);
        var samples = await db.Database.SqlQueryRaw<ChangeSample>(
            Rows + Changes +
            """
            select line, external_key as key, field, before, after
            from (select c.*, row_number() over (partition by field order by line) as place from changes c) c
            order by place, line, field limit {3}
            """,
            draft.Id, source, kind, Samples).ToListAsync(ct);
        return new DraftEffects { Created = counts.Created, Updated = counts.Updated, Unchanged = counts.Unchanged, Changes = changes, Samples = samples };
    }

    private static async Task<long> KeysAsync(RcuDb db, ImportDraft draft, CancellationToken ct) => (await db.Database.SqlQuery<long>(
        $"""
        select count(*) as "Value" from (
          select from draft_rows d
          where d.draft_id = {draft.Id} and not exists (select from draft_skips s where s.draft_id = d.draft_id and s.line = d.line)
          group by d.external_key) keys
        """).ToListAsync(ct)).Single();

    /// <summary>How many rows bear the address of a person who refused to be written to, here or elsewhere in the hub.</summary>
    public static async Task<long> OpposedAsync(RcuDb db, ImportDraft draft, CancellationToken ct) => draft.Kind is not RecordKind.Contact ? 0
        : (await db.Database.SqlQuery<long>(
            $"""
            select count(*) as "Value" from draft_rows d
            where d.draft_id = {draft.Id} and (d.fields ->> 'opt_out' = 'true' or exists (
              select from contacts c join consents k on k.contact_id = c.id
              where c.emails @> array[d.fields ->> 'email'] and k.state in ('Refused', 'Opposed')))
            """).ToListAsync(ct)).Single();

    private sealed record Counts(long Created, long Updated, long Unchanged);
}
