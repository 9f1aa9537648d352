using Npgsql;
using NpgsqlTypes;

namespace Rcu.Resolution;

/// <summary>
/// Where records stood before the imports that were undone since the resolution before. Taking an import back gives golden rows
/// their ids and their parts back: what it joined parts at once, what it parted joins again under the id it had. So does a source
/// that gives back a record it had withdrawn.
/// </summary>
internal sealed class LinksBefore
{
    public static readonly LinksBefore None = new([]);

    private readonly Dictionary<Guid, Guid> _clusterOf;

    private LinksBefore(Dictionary<Guid, Guid> clusterOf) => _clusterOf = clusterOf;

    public IReadOnlyDictionary<Guid, Guid> ClusterOf => _clusterOf;

    // What the first resolution after an import moved; of several imports, what stood before the first.
    public static async Task<LinksBefore> LoadAsync(NpgsqlConnection connection, ClusterKind kind, CancellationToken ct)
    {
        await using var select = new NpgsqlCommand(
            """
            (select distinct on (h.record_id) h.record_id, h.cluster_id
            from import_stamps undone
            cross join lateral (select min(at) as at from resolutions where kind = $1 and at >= undone.last_at) resolved
            join link_history h on h.kind = $1 and h.left_at >= undone.first_at and h.left_at <= resolved.at
            where undone.undone_at > (select max(at) from resolutions where kind = $1)
            order by h.record_id, h.left_at)
            union all
            (select distinct on (h.record_id) h.record_id, h.cluster_id
            from source_records gone
            join records r on r.source_id = gone.source_id and r.kind = gone.kind and r.external_key = gone.external_key and r.removed_at is null
            join link_history h on h.record_id = r.id and h.kind = $1
            where gone.gone and not exists (select from links l where l.record_id = r.id and l.kind = $1)
            order by h.record_id, h.left_at desc)
            """,
            connection)
        {
            Parameters = { new() { Value = kind.ToString(), NpgsqlDbType = NpgsqlDbType.Text } },
        };
        var before = new Dictionary<Guid, Guid>();
        await using var row = await select.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            before.TryAdd(row.GetGuid(0), row.GetGuid(1));
        }

        return before.Count == 0 ? None : new LinksBefore(before);
    }
}
