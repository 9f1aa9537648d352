using System.Globalization;
using System.Runtime.CompilerServices;
using CsvHelper;
using Npgsql;
using Rcu.Demo;

namespace Rcu.Benchmarks.Matching;

/// <summary>Who is who in the demonstration's five dirty sources after the whole pipeline, and how many true pairs for each kind of dirt.</summary>
internal static class DemoBenchmark
{
    public static async IAsyncEnumerable<Figure> RunAsync(BenchData data, [EnumeratorCancellation] CancellationToken ct)
    {
        var demo = await data.DemoAsync(ct);
        var truth = Path.Combine(demo.Folder, "truth", "links.csv");
        var naive = new NaiveKeys(demo.Hub.Database);
        foreach (var (name, entity, kind, identity, sources) in new[]
        {
            ("accounts", "account", "Account", "siren", new[] { "crm", "erp" }),
            ("contacts", "contact", "Contact", "person_id", ["crm", "marketing", "salon"]),
        })
        {
            var records = Records(truth, entity, identity, sources);
            var clusters = await ClustersAsync(demo.Hub.Database, kind, ct);
            var found = PairQuality.Of(records.ToDictionary(one => one.Key, one => one.Entity), clusters);
            var plain = await naive.QualityAsync(Path.Combine(demo.Folder, "truth"), entity, identity, sources, ct);
            var f1 = new Figure($"matching.demo.{name}.f1", found.F1, "pairwise F1", "naive exact keys", found.F1 / plain.F1);
            var recall = new Figure($"matching.demo.{name}.recall", found.Recall, "share of the true pairs", "naive exact keys", found.Recall / plain.Recall);
            yield return entity == "account" ? f1.ValueAtLeast(.97, hard: false) : f1;
            yield return new Figure($"matching.demo.{name}.precision", found.Precision, "share of the pairs found", "naive exact keys", found.Precision / plain.Precision)
                .ValueAtLeast(.99, hard: false);
            yield return entity == "contact" ? recall.ValueAtLeast(.92, hard: false) : recall;
            foreach (var (dirt, pairs, right) in ByDirt(records, clusters))
            {
                yield return new Figure(
                    $"matching.demo.{name}.recall.{dirt}", right / (double)pairs, $"share of the {pairs} true pairs one of which bears it", "that of all", right / (double)pairs / found.Recall);
            }
        }
    }

    private static List<((string Source, string Id) Key, string Entity, string[] Dirt)> Records(
        string truth, string entity, string identity, IReadOnlyCollection<string> sources)
    {
        using var reader = new CsvReader(new StreamReader(truth), CultureInfo.InvariantCulture);
        var records = new List<((string, string), string, string[])>();
        reader.Read();
        reader.ReadHeader();
        while (reader.Read())
        {
            if (reader.GetField("entity") == entity && sources.Contains(reader.GetField("source")!) && reader.GetField(identity) is { Length: > 0 } id)
            {
                records.Add(((reader.GetField("source")!, reader.GetField("record_id")!), id,
                    reader.GetField("operators")!.Split('|', StringSplitOptions.RemoveEmptyEntries)));
            }
        }

        return records;
    }

    private static async Task<Dictionary<(string, string), Guid>> ClustersAsync(NpgsqlDataSource database, string kind, CancellationToken ct)
    {
        await using var read = database.CreateCommand(
            """
            select s.name, r.external_key, l.cluster_id
            from records r join sources s on s.id = r.source_id join links l on l.record_id = r.id and l.kind = r.kind
            where r.kind = $1 and r.removed_at is null
            """);
        read.Parameters.Add(new() { Value = kind });
        var clusters = new Dictionary<(string, string), Guid>();
        await using var row = await read.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            clusters[(row.GetString(0), row.GetString(1))] = row.GetGuid(2);
        }

        return clusters;
    }

    private static IEnumerable<(string Dirt, int Pairs, int Right)> ByDirt(
        List<((string, string) Key, string Entity, string[] Dirt)> records, Dictionary<(string, string), Guid> clusters) =>
        from same in records.GroupBy(record => record.Entity)
        let members = same.ToList()
        from left in Enumerable.Range(0, members.Count)
        from right in Enumerable.Range(left + 1, members.Count - left - 1)
        let found = clusters.TryGetValue(members[left].Key, out var a) && clusters.TryGetValue(members[right].Key, out var b) && a == b
        from dirt in members[left].Dirt.Union(members[right].Dirt)
        group found by dirt into pairs
        orderby pairs.Key
        select (pairs.Key, pairs.Count(), pairs.Count(found => found));
}
