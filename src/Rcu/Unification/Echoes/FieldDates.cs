using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rcu.Cleaning;
using Rcu.Data;
using Rcu.Ingestion;

namespace Rcu.Unification.Echoes;

/// <summary>
/// When each field of a record that the hub writes in its tool last changed. The tool dates its record anew whenever the hub writes
/// one field there: the words that were there before are no newer for it. Told by comparing what the source said version by version.
/// </summary>
internal sealed class FieldDates(NpgsqlConnection connection)
{
    // A field that has not changed in so many versions is old enough.
    private const int MostVersions = 20;

    private static readonly Dictionary<Guid, IReadOnlyDictionary<string, DateTimeOffset>> None = [];

    private Dictionary<Guid, FeedReader>? _readers;

    /// <summary>Those of the fields that are older than their record, by record; records whose fields are all of one date are left out.</summary>
    public async Task<Dictionary<Guid, IReadOnlyDictionary<string, DateTimeOffset>>> OfAsync(
        IReadOnlyCollection<ClusterRecord> records, CancellationToken ct)
    {
        var versions = await VersionsAsync([.. records.Select(r => r.Id)], ct);
        if (versions.Count == 0)
        {
            return None;
        }

        _readers ??= await ReadersAsync(ct);
        var dates = new Dictionary<Guid, IReadOnlyDictionary<string, DateTimeOffset>>();
        foreach (var (record, said) in records.DistinctBy(r => r.Id).Join(versions.GroupBy(v => v.Record), r => r.Id, v => v.Key, (r, v) => (r, v)))
        {
            if (Of([.. said.TakeWhile(v => !v.Gone).Select(v => record with { ReceivedAt = v.ReceivedAt, Fields = Clean(v) })]) is { } older)
            {
                dates[record.Id] = older;
            }
        }

        return dates;
    }

    /// <param name="versions">One record, the latest version first.</param>
    /// <returns>The fields that are older than the latest version; null when none is.</returns>
    public static IReadOnlyDictionary<string, DateTimeOffset>? Of(IReadOnlyList<ClusterRecord> versions)
    {
        if (versions.Count < 2)
        {
            return null;
        }

        var older = new Dictionary<string, DateTimeOffset>();
        foreach (var (field, value) in versions[0].Fields)
        {
            var first = versions.Take(MostVersions).TakeWhile(v => v[field] == value).Last();
            if (first.SaidAt < versions[0].SaidAt)
            {
                older[field] = first.SaidAt;
            }
        }

        return older.Count == 0 ? null : older;
    }

    private async Task<List<Version>> VersionsAsync(Guid[] records, CancellationToken ct)
    {
        await using var read = new NpgsqlCommand(
            """
            select r.id, v.feed_id, v.received_at, v.gone, v.payload::text
            from record_echoes e
            join records r on r.id = e.record_id
            cross join lateral (
              select v.id, v.feed_id, v.received_at, v.gone, v.payload
              from source_records v left join runs brought on brought.id = v.run_id
              where v.source_id = r.source_id and v.kind = r.kind and v.external_key = r.external_key and v.id <= r.source_record_id
                and brought.undone_at is null
              order by v.id desc limit $2) v
            where e.record_id = any($1)
            order by r.id, v.id desc
            """,
            connection)
        {
            Parameters = { new() { Value = records }, new() { Value = MostVersions } },
        };
        await using var reader = await read.ExecuteReaderAsync(ct);
        var versions = new List<Version>();
        while (await reader.ReadAsync(ct))
        {
            versions.Add(new Version(
                reader.GetGuid(0), reader.GetGuid(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetBoolean(3), reader.GetString(4)));
        }

        return versions;
    }

    private async Task<Dictionary<Guid, FeedReader>> ReadersAsync(CancellationToken ct)
    {
        await using var db = new RcuDb(new DbContextOptionsBuilder<RcuDb>().UseNpgsql(connection).Options);
        var feeds = await db.Feeds.AsNoTracking().ToListAsync(ct);
        return feeds.ToDictionary(feed => feed.Id, feed => FeedReader.Of(FormerRows.ReaderOf(feed, feeds)));
    }

    private IReadOnlyDictionary<string, string> Clean(Version version)
    {
        using var payload = JsonDocument.Parse(version.Payload);
        return _readers!.TryGetValue(version.Feed, out var reader) ? reader.Clean(payload.RootElement).Fields : new Dictionary<string, string>();
    }

    private sealed record Version(Guid Record, Guid Feed, DateTimeOffset ReceivedAt, bool Gone, string Payload);
}
