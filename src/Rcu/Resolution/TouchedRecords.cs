using Npgsql;
using NpgsqlTypes;
using Rcu.Data;

namespace Rcu.Resolution;

/// <summary>Which records a partial resolution looks at, in a table of its transaction that the other statements ask.</summary>
internal sealed class TouchedRecords(NpgsqlConnection connection)
{
    /// <summary>A condition on links <c>l</c>: those of the records looked at.</summary>
    public const string Links = "exists (select from touched_records t where t.record_id = l.record_id and t.kind = l.kind)";

    /// <summary>A condition on records <c>r</c>: those that are read again.</summary>
    public const string Read = "r.id in (select record_id from read_records)";

    public Task BeginAsync(CancellationToken ct) => ExecuteAsync(
        """
        create temp table touched_records (kind text, record_id uuid, changed boolean, primary key (kind, record_id)) on commit drop;
        create temp table read_records (record_id uuid primary key) on commit drop;
        """,
        ct);

    public async Task AddAsync(ClusterKind kind, IReadOnlyCollection<Guid> records, bool changed, CancellationToken ct)
    {
        await using var add = new NpgsqlCommand(
            """
            insert into touched_records (kind, record_id, changed) select $1, unnest($2), $3
            on conflict (kind, record_id) do update set changed = touched_records.changed or excluded.changed
            """,
            connection)
        {
            Parameters =
            {
                new() { Value = kind.ToString() },
                new() { Value = records.Distinct().ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
                new() { Value = changed },
            },
        };
        await add.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Chooses the records that are read again from here on.</summary>
    public async Task ReadAsync(IReadOnlyCollection<Guid> records, CancellationToken ct)
    {
        await ExecuteAsync("truncate read_records", ct);
        await CopyWriter.WriteAsync(connection, "read_records (record_id)", records.Count, Ids([.. records]), ct);
    }

    /// <summary>The other records that are linked where those looked at are.</summary>
    public Task<List<Guid>> PeersAsync(ClusterKind kind, CancellationToken ct) => IdsAsync(
        """
        select distinct peer.record_id
        from touched_records t
        join links l on l.record_id = t.record_id and l.kind = t.kind
        join links peer on peer.cluster_id = l.cluster_id and peer.kind = l.kind
        where t.kind = $1 and not exists (select from touched_records known where known.kind = t.kind and known.record_id = peer.record_id)
        """,
        kind,
        ct);

    /// <summary>The contacts that name an account's record that changed.</summary>
    public Task<List<Guid>> NamedByAsync(CancellationToken ct) => IdsAsync(
        """
        select c.id from touched_records t
        join records a on a.id = t.record_id and a.kind = 'Account'
        join records c on c.source_id = a.source_id and c.fields ->> 'account_key' = a.external_key and c.fields ? 'account_key' and c.kind = 'Contact'
        where t.kind = $1 and t.changed and c.removed_at is null
        """,
        ClusterKind.Account,
        ct);

    /// <summary>The golden row of each record that was linked to one of a kind since.</summary>
    public Task<Dictionary<Guid, Guid>> LinkedSinceAsync(ClusterKind kind, DateTimeOffset since, CancellationToken ct) =>
        ClustersAsync("select record_id, cluster_id from links where kind = $1 and linked_at > $2", ct, kind.ToString(), since);

    /// <summary>The account that each contact's record to be read speaks of.</summary>
    public Task<Dictionary<Guid, Guid>> AccountsOfReadAsync(CancellationToken ct) => ClustersAsync(
        "select l.record_id, l.cluster_id from links l join read_records using (record_id) where l.kind = $1", ct, nameof(ClusterKind.Account));

    /// <summary>The records that were taken away since.</summary>
    public async Task<List<Guid>> GoneSinceAsync(DateTimeOffset since, CancellationToken ct)
    {
        await using var select = new NpgsqlCommand("select id from records where kind in ('Account', 'Contact') and removed_at >= $1", connection)
        { Parameters = { new() { Value = since } } };
        return await IdsAsync(select, ct);
    }

    /// <summary>The records of a kind that were cleaned or removed since, and which of them are gone.</summary>
    public async Task<List<(Guid Id, long CleanedAt, bool IsGone)>> SinceAsync(ClusterKind kind, DateTimeOffset since, CancellationToken ct)
    {
        var found = new List<(Guid, long, bool)>();
#pragma warning disable CA2100 // constant text and the name of a kind
        await using var select = new NpgsqlCommand(
            $"""
            select r.id, r.cleaned_at, r.removed_at is not null from records r
            where r.kind = '{kind}' and r.cleaned_at is not null and (r.cleaned_at >= $1 or r.removed_at >= $1) and not ({ResolutionData.Corrected("r")})
            """,
            connection)
        { Parameters = { new() { Value = since } } };
#pragma warning restore CA2100
        await using var row = await select.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            found.Add((row.GetGuid(0), CopyRows.Instant(row.GetFieldValue<DateTimeOffset>(1)), row.GetBoolean(2)));
        }

        return found;
    }

    private static Action<int, CopyRows> Ids(List<Guid> ids) => (i, rows) =>
    {
        rows.Begin(1);
        rows.Add(ids[i]);
    };

    private async Task<List<Guid>> IdsAsync(string sql, ClusterKind kind, CancellationToken ct)
    {
#pragma warning disable CA2100 // constant text of this class
        await using var select = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = kind.ToString() } } };
#pragma warning restore CA2100
        return await IdsAsync(select, ct);
    }

    private static async Task<List<Guid>> IdsAsync(NpgsqlCommand select, CancellationToken ct)
    {
        var ids = new List<Guid>();
        await using var row = await select.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            ids.Add(row.GetGuid(0));
        }

        return ids;
    }

    private async Task<Dictionary<Guid, Guid>> ClustersAsync(string sql, CancellationToken ct, params object[] values)
    {
        var clusters = new Dictionary<Guid, Guid>();
#pragma warning disable CA2100 // constant text of this class
        await using var select = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        foreach (var value in values)
        {
            select.Parameters.Add(new() { Value = value });
        }

        await using var row = await select.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            clusters[row.GetGuid(0)] = row.GetGuid(1);
        }

        return clusters;
    }

    private async Task ExecuteAsync(string sql, CancellationToken ct)
    {
#pragma warning disable CA2100 // constant text of this class
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(ct);
    }
}
