using System.Globalization;
using CsvHelper;
using Npgsql;
using Rcu.Demo;

namespace Rcu.Benchmarks;

/// <summary>Who is who by exact keys alone, on the values the hub has already cleaned: what any matching must beat.</summary>
internal sealed class NaiveKeys(NpgsqlDataSource database)
{
    public async Task<PairQuality> QualityAsync(string folder, string entity, string identity, IReadOnlyCollection<string> sources, CancellationToken ct)
    {
        var truth = Truth(folder, entity, identity, sources);
        var first = new Dictionary<string, (string, string)>();
        var parent = new Dictionary<(string, string), (string, string)>();
        await foreach (var (record, keys) in RecordsAsync(entity == "account" ? "Account" : "Contact", ct))
        {
            parent[record] = record;
            foreach (var key in keys)
            {
                if (!first.TryAdd(key, record))
                {
                    parent[Root(parent, record)] = Root(parent, first[key]);
                }
            }
        }

        return PairQuality.Of(truth, parent.Keys.ToDictionary(record => record, record => Root(parent, record)));
    }

    private static (string, string) Root(Dictionary<(string, string), (string, string)> parent, (string, string) record)
    {
        while (parent[record] != record)
        {
            record = parent[record];
        }

        return record;
    }

    private static Dictionary<(string, string), string> Truth(string folder, string entity, string identity, IReadOnlyCollection<string> sources)
    {
        using var reader = new CsvReader(new StreamReader(Path.Combine(folder, "links.csv")), CultureInfo.InvariantCulture);
        var truth = new Dictionary<(string, string), string>();
        reader.Read();
        reader.ReadHeader();
        while (reader.Read())
        {
            if (reader.GetField("entity") == entity && sources.Contains(reader.GetField("source")!))
            {
                truth[(reader.GetField("source")!, reader.GetField("record_id")!)] = reader.GetField(identity)!;
            }
        }

        return truth;
    }

    private async IAsyncEnumerable<((string, string) Record, IReadOnlyList<string> Keys)> RecordsAsync(
        string kind, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await using var read = database.CreateCommand(
            """
            select s.name, r.external_key, r.fields ->> 'siren', r.fields ->> 'name', r.fields ->> 'postal_code', lower(r.fields ->> 'email')
            from records r join sources s on s.id = r.source_id where r.kind = $1 and r.removed_at is null order by r.id
            """);
        read.Parameters.Add(new() { Value = kind });
        await using var row = await read.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            var keys = new List<string>();
            if (kind == "Contact")
            {
                keys.AddRange(row.IsDBNull(5) ? [] : [row.GetString(5)]);
            }
            else
            {
                keys.AddRange(row.IsDBNull(2) ? [] : [row.GetString(2)]);
                keys.AddRange(row.IsDBNull(3) || row.IsDBNull(4) ? [] : [$"{MatchBenchmark.Folded(row.GetString(3))} {row.GetString(4)}"]);
            }

            yield return ((row.GetString(0), row.GetString(1)), keys);
        }
    }
}
