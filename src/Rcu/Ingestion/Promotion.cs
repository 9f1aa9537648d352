using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Jobs;

namespace Rcu.Ingestion;

/// <summary>
/// Makes the staged rows of a file evidence, in one statement: of twins the last wins, what says nothing new writes
/// nothing unless the mapping it came by has changed, the rest becomes the latest version of its key and goes back to
/// Cleaning. And takes such evidence back.
/// </summary>
internal static class Promotion
{
    // From here on a plan made for one row costs more than to count them.
    private const int Many = 1_000;

    // A UUID v7 made by the database: the milliseconds of now, the mark of version 7, the rest at random.
    private const string NewId =
        "encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing "
        + "substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid";

    private const string Statement =
        $$"""
        with remapped as materialized (
          select former.run_id
          from uploads now join feeds mapping on mapping.id = now.feed_id
          join feeds other on other.source_id = mapping.source_id and other.name = mapping.name
            and (other.columns <> mapping.columns or other.format <> mapping.format)
          join uploads former on former.feed_id = other.id
          where now.run_id = {0}),
        keyed as (
          select s.place, s.kind, s.content_hash, case
            when not numbered.yes then s.external_key
            when row_number() over twins = 1 then s.external_key
            else s.external_key || '#' || row_number() over twins end as external_key
          from staged_records s
          join feeds f on f.id = s.feed_id
          cross join lateral (select coalesce((f.format ->> 'numberTwins')::boolean, false) as yes) numbered
          where s.run_id = {0}
          window twins as (partition by s.kind, s.external_key order by s.content_hash, s.place)),
        last as (
          select distinct on (kind, external_key) place, kind, external_key, content_hash
          from keyed
          order by kind, external_key, place desc),
        news as materialized (
          select l.place, l.kind, l.external_key, {{NewId}} as id, r.id is null or r.removed_at is not null as is_new
          from last l
          left join records r on r.source_id = {1} and r.kind = l.kind and r.external_key = l.external_key
          where r.id is null or r.removed_at is not null or r.content_hash <> l.content_hash
            or r.run_id in (select run_id from remapped)),
        evidence as (
          insert into source_records (id, source_id, kind, external_key, payload, content_hash, run_id, feed_id, line, received_at)
          select n.id, {1}, n.kind, n.external_key, s.payload, s.content_hash, s.run_id, s.feed_id, s.line, {2}
          from news n
          join staged_records s on s.run_id = {0} and s.place = n.place
          order by n.place),
        pointers as (
          insert into records (id, source_id, kind, external_key, source_record_id, content_hash, run_id, changed_at)
          select {{NewId}}, {1}, n.kind, n.external_key, n.id, s.content_hash, s.run_id, {2}
          from news n
          join staged_records s on s.run_id = {0} and s.place = n.place
          order by n.place
          on conflict (source_id, kind, external_key) do update
          set source_record_id = excluded.source_record_id, content_hash = excluded.content_hash, run_id = excluded.run_id,
              changed_at = excluded.changed_at, cleaned_at = null, removed_at = null)
        select
          (select count(*) from news where is_new) as inserted,
          (select count(*) from news where not is_new) as updated,
          (select count(*) from last) - (select count(*) from news) as unchanged,
          (select count(*) from keyed) - (select count(*) from last) as superseded
        """;

    public static async Task<Promoted> RunAsync(RcuDb db, Guid runId, Guid sourceId, DateTimeOffset now, CancellationToken ct)
    {
        await WaitForTurnAsync(db, sourceId, ct);
        await db.Database.ExecuteSqlAsync(
            $"select analyze_staged() from (select count(*) as rows from (select from staged_records where run_id = {runId} limit {Many}) s) c where c.rows = {Many}", ct);
        var promoted = (await db.Database.SqlQueryRaw<Promoted>(Statement, runId, sourceId, now).ToListAsync(ct)).Single();
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into import_stamps (run_id, first_at, last_at) values ({runId}, clock_timestamp(), clock_timestamp())
            on conflict (run_id) do update set last_at = excluded.last_at
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"delete from staged_records where run_id = {runId} or run_id in (select id from runs where status = 'Cancelled')", ct);
        return promoted;
    }

    /// <summary>Two files of one source are promoted one after the other: the second must see what the first said.</summary>
    public static Task WaitForTurnAsync(RcuDb db, Guid sourceId, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({sourceId.ToString()}, 0))", ct);

    /// <summary>Points the records of an undone run at what their source said before it, or marks them removed.</summary>
    public static async Task TakeBackAsync(RcuDb db, Guid runId, DateTimeOffset now, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"update import_stamps set undone_at = clock_timestamp() where run_id = {runId}", ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            update records r
            set source_record_id = coalesce(before.id, r.source_record_id),
                content_hash = coalesce(before.content_hash, r.content_hash),
                run_id = coalesce(before.run_id, r.run_id),
                cleaned_at = case when before.id is null then r.cleaned_at end,
                removed_at = case when before.id is null then clock_timestamp() end,
                changed_at = coalesce(before.received_at, {now})
            from records undone
            left join lateral (
              select version.id, version.content_hash, version.run_id, version.received_at
              from source_records version
              left join runs brought on brought.id = version.run_id
              where version.source_id = undone.source_id and version.kind = undone.kind and version.external_key = undone.external_key
                and brought.undone_at is null
              order by version.id desc
              limit 1) before on true
            where undone.run_id = {runId} and undone.removed_at is null and r.id = undone.id
            """,
            ct);
    }
}

/// <summary>What became of the rows of a file.</summary>
internal sealed record Promoted(long Inserted, long Updated, long Unchanged, long Superseded)
{
    /// <summary>Adds them to what the run that brought them has counted.</summary>
    public void AddTo(Run run) => run.Count(new Dictionary<string, long>(run.Counters)
    {
        [IngestJob.Counts.Inserted] = run.Counters.GetValueOrDefault(IngestJob.Counts.Inserted) + Inserted,
        [IngestJob.Counts.Updated] = run.Counters.GetValueOrDefault(IngestJob.Counts.Updated) + Updated,
        [IngestJob.Counts.Unchanged] = run.Counters.GetValueOrDefault(IngestJob.Counts.Unchanged) + Unchanged,
        [IngestJob.Counts.Superseded] = run.Counters.GetValueOrDefault(IngestJob.Counts.Superseded) + Superseded,
    });
}
