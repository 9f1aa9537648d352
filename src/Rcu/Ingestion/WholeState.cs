using Microsoft.EntityFrameworkCore;
using Rcu.Data;

namespace Rcu.Ingestion;

/// <summary>
/// What the whole state of a source does not hold is withdrawn: the records that its mappings brought and that no row speaks of,
/// rows set aside included. So many that it looks like a mistake are withdrawn only when a person agreed.
/// </summary>
/// <param name="feeds">The mappings that are whole, whatever their version.</param>
/// <param name="scope">Under which the keys that are met are noted.</param>
internal sealed class WholeState(RcuDb db, Guid source, Guid[] feeds, Guid scope)
{
    /// <summary>The share of the records known beyond which a person is asked.</summary>
    public const double MostShare = .2;

    private const string Known =
        """
        from records r
        join source_records said on said.id = r.source_record_id
        where r.source_id = {0} and r.removed_at is null and said.feed_id in (
          select version.id from feeds now join feeds version on version.source_id = now.source_id and version.name = now.name
          where now.id = any({1}))
        """;

    private const string Absent =
        Known + " and not exists (select from present_keys p where p.scope_id = {2} and p.kind = r.kind and p.external_key = r.external_key)";

    /// <summary>The mappings that may be whole; lines that are numbered as they come tell nothing by their absence.</summary>
    public static Guid[] Of(IEnumerable<Feed> feeds) => [.. feeds.Where(feed => !FeedOptions.Of(feed).NumberTwins).Select(feed => feed.Id)];

    /// <summary>Notes the records that rows set aside speak of.</summary>
    public async Task NoteAsync(IReadOnlyCollection<PresentKey> keys, CancellationToken ct)
    {
        if (keys.Count > 0)
        {
            var (kinds, names) = (keys.Select(key => key.Kind.ToString()).ToArray(), keys.Select(key => key.Key).ToArray());
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into present_keys (scope_id, kind, external_key) select {scope}, * from unnest({kinds}, {names}) on conflict do nothing
                """,
                ct);
        }
    }

    /// <summary>Notes the records that the staged rows of a run speak of, before promotion drops those that say nothing new.</summary>
    public Task NoteStagedAsync(Guid run, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        insert into present_keys (scope_id, kind, external_key)
        select {scope}, kind, external_key from staged_records where run_id = {run} on conflict do nothing
        """,
        ct);

    public Task ForgetAsync(CancellationToken ct) => db.Database.ExecuteSqlAsync($"delete from present_keys where scope_id = {scope}", ct);

    /// <summary>
    /// At the end of the whole, in the transaction of the promotion that follows: stages one row per absent record that says that
    /// it is no more, or none when they are too many.
    /// </summary>
    /// <param name="agreed">How many a person agreed to.</param>
    public async Task<Absence> SettleAsync(Guid run, long agreed, CancellationToken ct)
    {
        await Promotion.WaitForTurnAsync(db, source, ct);
        var found = await CountAsync(ct);
        if (found.AreMany && found.Count > agreed)
        {
            return found;
        }

        await db.Database.ExecuteSqlRawAsync(
            """
            insert into staged_records (run_id, place, line, feed_id, kind, external_key, payload, content_hash, gone)
            select {3}, (select coalesce(max(place), 0) from staged_records where run_id = {3}) + row_number() over (order by r.id), 0,
              said.feed_id, r.kind, r.external_key, jsonb_build_object(), sha256('absent'), true
            """ + "\n" + Absent,
            [source, feeds, scope, run],
            ct);
        return found with { Withdrawn = found.Count };
    }

    /// <summary>How many records there are, and how many of them were not met.</summary>
    public async Task<Absence> CountAsync(CancellationToken ct) => new(
        await db.Database.SqlQueryRaw<long>("select count(*) as \"Value\" " + Known, source, feeds).SingleAsync(ct),
        await db.Database.SqlQueryRaw<long>("select count(*) as \"Value\" " + Absent, source, feeds, scope).SingleAsync(ct));
}
