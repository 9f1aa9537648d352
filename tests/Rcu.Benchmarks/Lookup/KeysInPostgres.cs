using System.Diagnostics;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Rcu.Benchmarks.Matching;
using Rcu.Cleaning;
using Rcu.Customers;
using Rcu.Matching;

namespace Rcu.Benchmarks.Lookup;

/// <summary>
/// The other way to look a company up: its block keys in a B-tree of PostgreSQL, one statement that brings the candidates of
/// all keys with their values, then the engine on these alone. Nothing is held by the process.
/// </summary>
internal sealed class KeysInPostgres(NpgsqlDataSource database)
{
    private const int MostOfKey = 40;

    private static readonly (string Name, FieldKind Kind)[] Fields =
    [
        ("name", FieldKind.CompanyName), ("brand", FieldKind.CompanyName), ("siren", FieldKind.Siren), ("siret", FieldKind.Siret),
        ("vat", FieldKind.Vat), ("street", FieldKind.Street), ("postal_code", FieldKind.PostalCode), ("city", FieldKind.Town),
        ("phone", FieldKind.Phone), ("website", FieldKind.Website), ("email", FieldKind.Email),
    ];

    private static readonly Field[] EngineFields = [.. Fields.Select(field => new Field(field.Name, field.Kind))];

    private static readonly string Query =
        $"""
        select r.id, {string.Join(", ", Fields.Select(field => $"r.fields ->> '{field.Name}'"))}
        from (
          select distinct b.record_id from unnest($1) as asked (key)
          cross join lateral (select record_id from block_keys where key = asked.key limit {MostOfKey}) b) c
        join records r on r.id = c.record_id
        """;

    /// <summary>Keys every record, then indexes the keys.</summary>
    /// <returns>How many keys there are, and the seconds all took.</returns>
    public static async Task<(long Keys, double Seconds)> BuildAsync(BenchHub hub, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        await using var reading = await hub.OpenAsOwnerAsync(ct);
        await using var writing = await hub.OpenAsOwnerAsync(ct);
        await ExecuteAsync(writing, "create table block_keys (key bigint not null, record_id uuid not null)", ct);
        var count = 0L;
        await using (var select = new NpgsqlCommand("select id, fields::text from records", reading) { CommandTimeout = 0 })
        await using (var row = await select.ExecuteReaderAsync(ct))
        await using (var copy = await writing.BeginBinaryImportAsync("copy block_keys from stdin (format binary)", ct))
        {
            while (await row.ReadAsync(ct))
            {
                foreach (var key in PortableKeys.Of(JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(1))!))
                {
                    await copy.StartRowAsync(ct);
                    await copy.WriteAsync(key, NpgsqlDbType.Bigint, ct);
                    await copy.WriteAsync(row.GetGuid(0), NpgsqlDbType.Uuid, ct);
                    count++;
                }
            }

            await copy.CompleteAsync(ct);
        }

        await ExecuteAsync(writing, "create index on block_keys (key) include (record_id)", ct);
        await ExecuteAsync(writing, "grant select on block_keys to public", ct);
        await ExecuteAsync(writing, "vacuum analyze block_keys", ct);
        return (count, watch.Elapsed.TotalSeconds);
    }

    /// <param name="scores">Whether the engine compares the candidates, or they are only brought.</param>
    /// <returns>How many candidates there were.</returns>
    public async Task<int> FindAsync(IReadOnlyDictionary<string, string?> said, bool scores, CancellationToken ct)
    {
        var clean = RecordCleaner.Clean(RecordKind.Account, said).Fields;
        var known = new RecordSet(EntityKind.Company, EngineFields);
        await using (var select = database.CreateCommand(Query))
        {
            select.Parameters.Add(new() { Value = PortableKeys.Of(clean), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
            await using var row = await select.ExecuteReaderAsync(ct);
            while (await row.ReadAsync(ct))
            {
                known.Add(row.GetGuid(0).ToString("N"), "", [.. Fields.Select((_, i) => row.IsDBNull(i + 1) ? null : row.GetString(i + 1))]);
            }
        }

        if (scores && known.Count > 0)
        {
            Matcher.Index(known, DedupeRun.Settings, null, ct).Candidates([.. Fields.Select(field => clean.GetValueOrDefault(field.Name))]);
        }

        return known.Count;
    }

#pragma warning disable CA2100 // constant text of this class
    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }
#pragma warning restore CA2100
}
