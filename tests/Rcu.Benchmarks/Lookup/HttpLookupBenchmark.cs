using System.Diagnostics;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Benchmarks.Generator;
using Rcu.Benchmarks.Matching;
using Rcu.Matching;
using Rcu.Security;

namespace Rcu.Benchmarks.Lookup;

/// <summary>
/// One more company asked about over HTTP among many, alone and a thousand at a time; and the other way to serve it, from
/// block keys in PostgreSQL, on the same questions.
/// </summary>
internal sealed class HttpLookupBenchmark(long rows)
{
    private const int Warm = 500;
    private const int Singles = 2_000;
    private const int Batch = 1_000;
    private const int Batches = 10;
    private const int Connections = 4;
    private const string Reference = "a question that no company is looked up for";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary><c>matching.http.1m</c></summary>
    public string Name { get; } = rows >= 1_000_000 ? $"matching.http.{rows / 1_000_000}m" : $"matching.http.{rows / 1_000}k";

    public async IAsyncEnumerable<Figure> RunAsync(BenchData data, [EnumeratorCancellation] CancellationToken ct)
    {
        var set = EngineRun.SetOf(EntityKind.Company, rows);
        await using var hub = await data.NewHubAsync(ct);
        await CompanyHub.FillAsync(hub, set, ct);
        var probes = Enumerable.Range(0, Batch * Batches).Select(n => Probe(set, n * 97_657L % rows)).ToList();
        await foreach (var figure in OverHttpAsync(hub, [.. probes.Select(Body)], data.Folder, ct))
        {
            yield return figure;
        }

        await foreach (var figure in FromKeysAsync(hub, probes, ct))
        {
            yield return figure;
        }
    }

    private async IAsyncEnumerable<Figure> OverHttpAsync(BenchHub hub, List<object> probes, string home, [EnumeratorCancellation] CancellationToken ct)
    {
        using var node = await WebNode.StartAsync(hub.ConnectionString, home, await KeyAsync(hub, ct), ct);
        var first = Stopwatch.StartNew();
        await AskAsync(node.Client, probes[0], ct);
        yield return new Figure($"{Name}.first", first.Elapsed.TotalSeconds, "s until a node just started answers its first question");

        await MillisecondsAsync(Warm, i => AskAsync(node.Client, probes[^(i + 1)], ct));
        await MillisecondsAsync(Warm, _ => AskNothingAsync(node.Client, ct));
        var nothing = await MillisecondsAsync(Singles, _ => AskNothingAsync(node.Client, ct));
        var single = await MillisecondsAsync(Singles, i => AskAsync(node.Client, probes[i], ct));
        yield return new Figure($"{Name}.p50", P50(single), "ms", Reference, P50(single) / P50(nothing));
        yield return new Figure($"{Name}.p95", P95(single), "ms", Reference, P95(single) / P95(nothing)).ValueAtMost(5, hard: false);

        await AskManyAsync(node.Client, probes[..Batch], ct);
        var one = await PerSecondAsync(1, n => AskManyAsync(node.Client, probes.GetRange(n * Batch, Batch), ct), ct);
        yield return new Figure($"{Name}.batch", one, "records/s, one batch of 1,000 after the other").ValueAtLeast(2_000, hard: false);
        var crowd = await PerSecondAsync(Connections, n => AskManyAsync(node.Client, probes.GetRange(n * Batch, Batch), ct), ct);
        yield return new Figure($"{Name}.batches", crowd, $"records/s, batches of 1,000 on {Connections} connections").ValueAtLeast(2_000, hard: false);
        yield return new Figure($"{Name}.memory", node.Megabytes, "MB of the node");
    }

    private async IAsyncEnumerable<Figure> FromKeysAsync(BenchHub hub, List<Dictionary<string, string?>> probes, [EnumeratorCancellation] CancellationToken ct)
    {
        var (count, seconds) = await KeysInPostgres.BuildAsync(hub, ct);
        yield return new Figure($"{Name}.keys.build", seconds, $"s to key every record, {count / (double)rows:0.0} keys each");
        var keys = new KeysInPostgres(hub.Database);
        var found = 0L;
        await MillisecondsAsync(Warm, i => keys.FindAsync(probes[^(i + 1)], scores: true, ct));
        var brought = await MillisecondsAsync(Singles, async i => found += await keys.FindAsync(probes[i], scores: false, ct));
        yield return new Figure($"{Name}.keys.brought_p95", P95(brought), $"ms below HTTP, {found / (double)Singles:0} candidates brought, none compared");
        var compared = await MillisecondsAsync(Singles, i => keys.FindAsync(probes[i], scores: true, ct));
        yield return new Figure($"{Name}.keys.p50", P50(compared), "ms below HTTP, candidates compared");
        yield return new Figure($"{Name}.keys.p95", P95(compared), "ms below HTTP, candidates compared");
        var perSecond = await PerSecondAsync(Connections, async n =>
        {
            foreach (var probe in probes.GetRange(n * Batch, Batch))
            {
                await keys.FindAsync(probe, scores: true, ct);
            }
        }, ct);
        yield return new Figure($"{Name}.keys.per_second", perSecond, $"records/s below HTTP, on {Connections} connections");
    }

    private static Dictionary<string, string?> Probe(GeneratedSet set, long row)
    {
        var cells = new string?[set.Columns.Count];
        set.FillAgain(row, cells);
        return CompanyHub.Said(set, cells);
    }

    private static object Body(Dictionary<string, string?> said) => new
    {
        account = new
        {
            name = said.GetValueOrDefault("name"),
            brand = said.GetValueOrDefault("brand"),
            siren = said.GetValueOrDefault("siren"),
            siret = said.GetValueOrDefault("siret"),
            vat = said.GetValueOrDefault("vat"),
            street = said.GetValueOrDefault("street"),
            postalCode = said.GetValueOrDefault("postal_code"),
            city = said.GetValueOrDefault("city"),
            phone = said.GetValueOrDefault("phone"),
            email = said.GetValueOrDefault("email"),
            website = said.GetValueOrDefault("website"),
        },
    };

    private static async Task<string> KeyAsync(BenchHub hub, CancellationToken ct)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        var made = await scope.ServiceProvider.GetRequiredService<ApiKeys>().CreateAsync(new CreateApiKey("bench", ["accounts:read"], null), "bench", ct);
        return made.Value!.Text;
    }

    private static Task AskNothingAsync(HttpClient client, CancellationToken ct) =>
        PostAsync(client, "/api/v1/validate", new { account = new { name = "Oeuvre Gale" } }, "fields", ct);

    private static Task AskAsync(HttpClient client, object probe, CancellationToken ct) => PostAsync(client, "/api/v1/resolve", probe, "candidates", ct);

    private static Task AskManyAsync(HttpClient client, List<object> probes, CancellationToken ct) =>
        PostAsync(client, "/api/v1/resolve:batch", new { records = probes }, "candidates", ct);

    private static async Task PostAsync(HttpClient client, string path, object body, string told, CancellationToken ct)
    {
        using var answer = await client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, Json, ct);
        var text = await answer.Content.ReadAsStringAsync(ct);
        if (!answer.IsSuccessStatusCode || !text.Contains(told, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {text[..Math.Min(text.Length, 500)]}");
        }
    }

    private static double P50(double[] sorted) => sorted[sorted.Length / 2];

    private static double P95(double[] sorted) => sorted[sorted.Length * 95 / 100];

    private static async Task<double[]> MillisecondsAsync(int times, Func<int, Task> doAsync)
    {
        var found = new double[times];
        for (var i = 0; i < times; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await doAsync(i);
            found[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(found);
        return found;
    }

    private static async Task<double> PerSecondAsync(int connections, Func<int, Task> doAsync, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Batches),
            new ParallelOptions { MaxDegreeOfParallelism = connections, CancellationToken = ct },
            async (n, _) => await doAsync(n));
        return Batch * Batches / watch.Elapsed.TotalSeconds;
    }
}
