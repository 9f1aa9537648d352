using Npgsql;
using Rcu.Resolution;

namespace Rcu.Unification.Echoes;

/// <summary>
/// Which words of a tool that is both read and fed are only the hub's own, come back. A word is an echo from the moment it appears in
/// the record of the tool after the hub had written it there; it stays one until the record says something else. What the tool said
/// before the hub wrote anything, and what a person types there, are no echo.
/// </summary>
internal sealed class EchoReader(NpgsqlConnection connection)
{
    /// <summary>Looks at what the records of these clusters say now beside what they said, and what the hub told their tools.</summary>
    public async Task LookAsync(ClusterKind kind, IReadOnlyCollection<Guid> clusters, CancellationToken ct)
    {
        await using var look = new NpgsqlCommand(
            """
            with mine as materialized (
              select r.id, r.external_key, r.kind, r.fields, c.kind as tool
              from links l
              join records r on r.id = l.record_id
              join (select distinct source_id, kind from source_connections where kind in (select kind from destinations)) c on c.source_id = r.source_id
              where l.kind = $1 and l.cluster_id = any($2) and r.removed_at is null),
            told as materialized (
              -- looked up record by record: what tools hold is never read through for a batch
              select m.id, jsonb_object_agg(t.field, t.forms) as words from mine m
              cross join lateral (
                select v.field, jsonb_agg(echo_form(v.field, v.value)) as forms from told_values v
                where v.tool = m.tool and v.kind = m.kind and v.remote_id = m.external_key collate "default" group by v.field offset 0) t
              group by m.id),
            now as (
              select m.id, f.key as field, md5(f.value) as said,
                case when w.said ->> f.key = md5(f.value) then f.key = any(w.echoes)
                  else coalesce(t.words -> f.key ? echo_form(f.key, f.value), false) end as is_echo
              from mine m
              left join record_echoes w on w.record_id = m.id
              left join told t on t.id = m.id
              cross join lateral jsonb_each_text(m.fields) f
              where w.record_id is not null or t.id is not null)
            insert into record_echoes (record_id, said, echoes)
            select id, jsonb_object_agg(field, said), coalesce(array_agg(field) filter (where is_echo), '{}') from now group by id order by id
            on conflict (record_id) do update set said = excluded.said, echoes = excluded.echoes
            where (record_echoes.said, record_echoes.echoes) is distinct from (excluded.said, excluded.echoes)
            """,
            connection)
        {
            Parameters = { new() { Value = kind.ToString() }, new() { Value = clusters.ToArray() } },
        };
        await look.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Whether any tool is both read and fed: else there is nothing to look at.</summary>
    public async Task<bool> AnyAsync(CancellationToken ct)
    {
        await using var ask = new NpgsqlCommand("select exists (select from source_connections c join destinations d on d.kind = c.kind)", connection);
        return (bool)(await ask.ExecuteScalarAsync(ct))!;
    }

    /// <summary>The fields of which each of these records only repeats the hub; records that repeat nothing are left out.</summary>
    public async Task<Dictionary<Guid, IReadOnlySet<string>>> OfAsync(IReadOnlyCollection<Guid> records, CancellationToken ct)
    {
        var echoes = new Dictionary<Guid, IReadOnlySet<string>>();
        await using var read = new NpgsqlCommand("select record_id, echoes from record_echoes where record_id = any($1) and echoes <> '{}'", connection)
        {
            Parameters = { new() { Value = records.ToArray() } },
        };
        await using var reader = await read.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            echoes[reader.GetGuid(0)] = EchoedFields.With(reader.GetFieldValue<string[]>(1));
        }

        return echoes;
    }
}
