using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Rcu.Data;
using Rcu.Jobs;

namespace Rcu.Ingestion;

/// <summary>
/// Makes the staged rows of a file evidence, in one transaction: of twins the last wins, what says nothing new writes
/// nothing unless the mapping it came by has changed, the rest becomes the latest version of its key, clean at once when it was
/// cleaned on its way and else given back to Cleaning. A row that says its record is no more withdraws it.
/// </summary>
internal static class Promotion
{
    /// <summary>The runs of the source whose file was mapped otherwise than the run <c>$2</c>: what they brought is read again.</summary>
    public const string RemappedRuns =
        """
        array(
          select former.run_id
          from uploads now join feeds mapping on mapping.id = now.feed_id
          join feeds other on other.source_id = mapping.source_id and other.name = mapping.name
            and (other.columns <> mapping.columns or other.format <> mapping.format)
          join uploads former on former.feed_id = other.id
          where now.run_id = $2 and former.run_id is not null)
        """;

    // From here on a plan made for one row costs more than to count them, and a sort or a join is worth more memory.
    private const string Many = "1000";

    // A UUID v7 made by the database: the milliseconds of now, the mark of version 7, then at random; its last 40 bits are the
    // place of the row, so that a later row of a file is a later version.
    private const string NewIds =
        "left(encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing "
        + "substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex'), 22)";

    // Each row asks for its record by the unique key, whatever the planner believes of a source it has not heard of: taken for a
    // record or two, it would be read whole for each row. A source without records is not asked at all.
    private const string SameKey =
        "(select exists (select from records where source_id = $1)) and r.source_id = $1 and r.kind = s.kind and r.external_key = s.external_key";

    private const string Prepare =
        $"""
        select analyze_staged(), set_config('work_mem', '128MB', true)
        from (select count(*) as rows from (select from staged_records where run_id = $2 limit {Many}) s) counted where rows = {Many}
        """;

    private const string Numbered =
        """
        update staged_records s
        set external_key = twins.external_key || '#' || twins.number
        from (
          select place, external_key, row_number() over (partition by kind, external_key order by content_hash, place) as number
          from staged_records
          where run_id = $2
            and feed_id in (select id from feeds where source_id = $1 and coalesce((format ->> 'numberTwins')::boolean, false))) twins
        where s.run_id = $2 and s.place = twins.place and twins.number > 1
        """;

    private const string Superseded =
        """
        delete from staged_records s
        using (
          select kind, external_key, max(place) as place from staged_records
          where run_id = $2 group by kind, external_key having count(*) > 1) last
        where s.run_id = $2 and s.kind = last.kind and s.external_key = last.external_key and s.place < last.place
        """;

    private const string Unchanged =
        $"""
        delete from staged_records s
        where s.run_id = $2 and not s.gone and coalesce((
          select r.removed_at is null and r.content_hash = s.content_hash and r.run_id <> all ({RemappedRuns}) from records r where {SameKey}), false)
        """;

    // What counts for nothing, or was never known, cannot be withdrawn.
    private const string GoneAlready =
        $"""
        delete from staged_records s
        where s.run_id = $2 and s.gone and not coalesce((select r.removed_at is null from records r where {SameKey}), false)
        """;

    private const string Remaining =
        $"""
        select coalesce(bool_or(s.payload is null), false), count(r.id) filter (where r.removed_at is null and not s.gone), {NewIds},
          count(*) filter (where s.gone), count(r.id)
        from staged_records s left join lateral (select r.id, r.removed_at from records r where {SameKey} offset 0) r on true
        where s.run_id = $2
        """;

    private const string Evidence =
        """
        insert into source_records (id, source_id, kind, external_key, payload, content_hash, run_id, feed_id, line, received_at, gone)
        select ($3 || lpad(to_hex(place), 10, '0'))::uuid, $1, kind, external_key, payload, content_hash, run_id, feed_id, line, $4, gone
        from staged_records
        where run_id = $2
        order by place
        """;

    // A record bears the id of the first evidence of it.
    private const string Pointers =
        """
        insert into records as r
          (id, source_id, kind, external_key, source_record_id, content_hash, run_id, changed_at, fields, cleaned_at, rules_version)
        select id, $1, kind, external_key, id, content_hash, run_id, $4,
          case when clean then fields else '{}' end, case when clean then clock_timestamp() end, case when clean then rules_version else 0 end
        from (
          select *, ($3 || lpad(to_hex(place), 10, '0'))::uuid as id, coalesce(stamp = $5, false) as clean
          from staged_records where run_id = $2 and not gone) s
        order by place
        """;

    // The same where some key has a record already: to look for it costs each row a tenth more.
    private const string KnownPointers =
        Pointers + """

        on conflict (source_id, kind, external_key) do update
        set source_record_id = excluded.source_record_id, content_hash = excluded.content_hash, run_id = excluded.run_id,
            changed_at = excluded.changed_at, removed_at = null, gone_at = null, cleaned_at = excluded.cleaned_at,
            fields = case when excluded.cleaned_at is null then r.fields else excluded.fields end,
            rules_version = case when excluded.cleaned_at is null then r.rules_version else excluded.rules_version end
        """;

    // What it said last stays with it, and counts for nothing.
    private const string Withdrawn =
        $"""
        update records r
        set source_record_id = ($3 || lpad(to_hex(s.place), 10, '0'))::uuid, content_hash = s.content_hash, run_id = s.run_id, changed_at = $4,
            removed_at = clock_timestamp(), gone_at = $4
        from (
          select s.*, (select r.id from records r where {SameKey}) as record_id from staged_records s where s.run_id = $2 and s.gone offset 0) s
        where r.id = s.record_id
        """;

    private const string OldIssues =
        $"""
        delete from issues i
        using (select (select r.id from records r where {SameKey}) as record_id from staged_records s where s.run_id = $2 and s.stamp = $5 offset 0) s
        where i.record_id = s.record_id
        """;

    private const string Issues =
        $"""
        insert into issues (record_id, field, code, value, severity, message)
        select r.id, i.field, i.code, i.value, i.severity, i.message
        from staged_records s
        cross join lateral (select r.id from records r where {SameKey} offset 0) r
        cross join lateral jsonb_to_recordset(s.issues) as i (field text, code text, value text, severity text, message text)
        where s.run_id = $2 and s.stamp = $5 and s.issues is not null
        """;

    private const string Stamp =
        """
        insert into import_stamps (run_id, first_at, last_at) values ($2, clock_timestamp(), clock_timestamp())
        on conflict (run_id) do update set last_at = excluded.last_at
        """;

    /// <summary>Promotes rows that came with all their cells.</summary>
    public static async Task<Promoted> RunAsync(RcuDb db, Guid runId, Guid sourceId, DateTimeOffset now, CancellationToken ct) =>
        await TryAsync(db, runId, sourceId, now, null, ct) ?? throw new InvalidOperationException($"Some rows of run {runId} came without their cells.");

    /// <param name="stamp">What rows that were cleaned on their way bear if their cleaning still holds; null when none was.</param>
    /// <returns>Null when a row that seemed to say nothing new does, and its cells are not there: the caller rolls back.</returns>
    public static async Task<Promoted?> TryAsync(RcuDb db, Guid runId, Guid sourceId, DateTimeOffset now, long? stamp, CancellationToken ct)
    {
        await WaitForTurnAsync(db, sourceId, ct);
        var statements = new Statements(db, sourceId, runId);
        var (superseded, unchanged, left) = await statements.ThinAsync(ct);
        if (left.Lacking)
        {
            return null;
        }

        // While the stages that follow run, they must not miss what becomes clean behind them: it is then left to Cleaning.
        var clean = stamp is not null && await db.Database
            .SqlQuery<bool>($"select pg_try_advisory_xact_lock({PipelineJob.Lock}) as \"Value\"").SingleAsync(ct) ? stamp : null;
        var written = await statements.WriteAsync(left, now, clean, ct);
        await ForgetAsync(db, runId, ct);
        return new Promoted(written - left.Updated - left.Gone, left.Updated, unchanged, superseded, left.Gone);
    }

    /// <summary>Drops the rows of a run that are still on their way, and those of runs that a person stopped.</summary>
    public static Task ForgetAsync(RcuDb db, Guid runId, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"delete from staged_records where run_id = {runId} or run_id in (select id from runs where status = 'Cancelled')", ct);

    /// <summary>Two files of one source are promoted one after the other: the second must see what the first said.</summary>
    public static Task WaitForTurnAsync(RcuDb db, Guid sourceId, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({sourceId.ToString()}, 0))", ct);

    // Everything here is said of one source ($1) and one run ($2); what is written bears ids ($3), an instant ($4) and a stamp ($5).
    private sealed class Statements(RcuDb db, Guid source, Guid run)
    {
        private static readonly string[] NoStatement = [];

        /// <summary>Drops the rows that bring nothing, and counts the others.</summary>
        public async Task<(long Superseded, long Unchanged, Left Left)> ThinAsync(CancellationToken ct)
        {
            await using var batch = Batch([Prepare, Numbered, Superseded, Unchanged, GoneAlready, Remaining], []);
            await using var row = await batch.ExecuteReaderAsync(ct);
            await row.NextResultAsync(ct); // the first answered; those between only write
            await row.ReadAsync(ct);
            var left = new Left(row.GetBoolean(0), row.GetInt64(1), row.GetString(2), row.GetInt64(3), row.GetInt64(4));
            return ((long)batch.BatchCommands[2].RecordsAffected, (long)batch.BatchCommands[3].RecordsAffected + (long)batch.BatchCommands[4].RecordsAffected, left);
        }

        /// <returns>How many versions were written.</returns>
        public async Task<long> WriteAsync(Left left, DateTimeOffset now, long? stamp, CancellationToken ct)
        {
            await using var batch = Batch(
                [
                    Evidence, left.Known > 0 ? KnownPointers : Pointers, .. left.Gone > 0 ? [Withdrawn] : NoStatement,
                    .. stamp is not null && left.Known > 0 ? [OldIssues] : NoStatement, .. stamp is not null ? [Issues] : NoStatement, Stamp,
                ],
                [new() { Value = left.Ids }, new() { Value = now }, new() { Value = (object?)stamp ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint }]);
            await batch.ExecuteNonQueryAsync(ct);
            return (long)batch.BatchCommands[0].RecordsAffected;
        }

        private NpgsqlBatch Batch(string[] statements, NpgsqlParameter[] values)
        {
            var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection()) { Timeout = db.Database.GetCommandTimeout() ?? 30 };
            foreach (var statement in statements)
            {
#pragma warning disable CA2100 // constant text of this class
                var command = new NpgsqlBatchCommand(statement);
#pragma warning restore CA2100
                foreach (var value in values.Prepend(new() { Value = run }).Prepend(new() { Value = source }))
                {
                    command.Parameters.Add(value.Clone());
                }

                batch.BatchCommands.Add(command);
            }

            return batch;
        }
    }

    // What is left once the rows that bring nothing are gone.
    private readonly record struct Left(bool Lacking, long Updated, string Ids, long Gone, long Known);
}
