using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;
using Rcu.Web.Commands;

namespace Rcu.Benchmarks;

/// <summary>Clean accounts of a hub's own database resolved: out of PostgreSQL, through the engine, clusters and reasons back into it.</summary>
internal sealed class HubMatchBenchmark(int count, double seconds)
{
    private const string Reference = "bare binary COPY out of the same rows";
    private static readonly string[] Systems = ["bench_crm", "bench_erp"];

    public string Name => count >= 1_000_000 ? $"matching.hub.{count / 1_000_000}m" : $"matching.hub.{count / 1_000}k";

    public async IAsyncEnumerable<Figure> RunAsync(BenchData data, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var hub = await data.NewHubAsync(ct);
        await FillAsync(hub, ct);
        var copy = await CopyOutAsync(hub, ct);
        using var memory = new PeakMemory();
        var first = await ResolveAsync(hub, ct);
        yield return new Figure(Name, first, "s from records to clusters in PostgreSQL", Reference, first / copy).ValueAtMost(seconds, hard: false);
        yield return new Figure($"{Name}.memory", memory.Bytes / 1048576.0, "MB at most");
        var again = await ResolveAsync(hub, ct);
        yield return new Figure($"{Name}.again", again, "s when nothing changed", Reference, again / copy);
    }

    private static async Task<double> ResolveAsync(BenchHub hub, CancellationToken ct)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        var stage = scope.ServiceProvider.GetServices<IStage>().Single(s => s.Name == "Resolution");
        var watch = Stopwatch.StartNew();
        await stage.RunAsync(new StageBars(quiet: true), ct);
        return watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> CopyOutAsync(BenchHub hub, CancellationToken ct)
    {
        await using var connection = await hub.Database.OpenConnectionAsync(ct);
        var watch = Stopwatch.StartNew();
        await using (var stream = await connection.BeginRawBinaryCopyAsync("copy (select id, source_id, fields from records) to stdout (format binary)", ct))
        {
            var buffer = new byte[1 << 16];
            while (await stream.ReadAsync(buffer, ct) > 0)
            {
            }
        }

        return watch.Elapsed.TotalSeconds;
    }

    // Two systems know every company; what a record says was cleaned.
    private async Task FillAsync(BenchHub hub, CancellationToken ct)
    {
        await using var connection = await hub.OpenAsOwnerAsync(ct);
        Guid[] sources = [Guid.CreateVersion7(), Guid.CreateVersion7()];
        await ExecuteAsync(
            connection,
            """
            insert into sources (id, name, label, priority, created_at)
            select id, name, name, 1, now() from unnest($1, $2) as s (id, name) on conflict do nothing
            """,
            ct,
            sources,
            Systems);
        await using (var copy = await connection.BeginBinaryImportAsync(
            """
            copy records (id, source_id, kind, external_key, source_record_id, content_hash, run_id, fields, cleaned_at, rules_version, changed_at)
            from stdin (format binary)
            """,
            ct))
        {
            var now = DateTimeOffset.UtcNow;
            for (var n = 0; n < count; n++)
            {
                await copy.StartRowAsync(ct);
                await copy.WriteAsync(Guid.CreateVersion7(now.AddMilliseconds(n)), NpgsqlDbType.Uuid, ct);
                await copy.WriteAsync(sources[n % 2], NpgsqlDbType.Uuid, ct);
                await copy.WriteAsync("Account", NpgsqlDbType.Text, ct);
                await copy.WriteAsync($"B{n / 2}", NpgsqlDbType.Text, ct);
                await copy.WriteAsync(Guid.Empty, NpgsqlDbType.Uuid, ct);
                await copy.WriteAsync(Array.Empty<byte>(), NpgsqlDbType.Bytea, ct);
                await copy.WriteAsync(Guid.Empty, NpgsqlDbType.Uuid, ct);
                await copy.WriteAsync(Fields(n), NpgsqlDbType.Jsonb, ct);
                await copy.WriteAsync(now, NpgsqlDbType.TimestampTz, ct);
                await copy.WriteAsync(1, NpgsqlDbType.Integer, ct);
                await copy.WriteAsync(now, NpgsqlDbType.TimestampTz, ct);
            }

            await copy.CompleteAsync(ct);
        }

        await ExecuteAsync(connection, "vacuum analyze records", ct);
    }

    private static string Fields(int n)
    {
        var company = InventedCompanies.At(n / 2);
        var again = InventedCompanies.Again(company);
        var fields = new Dictionary<string, string>
        {
            ["name"] = n % 2 == 0 ? company.Name : again.Name,
            ["legal_form"] = company.Form,
            ["street"] = $"{company.Number % 120 + 1} rue {company.Name.Split(' ')[1]}",
            ["postal_code"] = company.PostalCode,
            ["city"] = company.Town,
            ["country"] = "FR",
        };
        if (n % 2 == 0 || again.Siren.Length > 0)
        {
            fields["siren"] = company.Siren;
        }

        if (n % 3 > 0)
        {
            fields["phone"] = $"+331{company.Number:00000000}";
        }

        if (n % 5 > 1)
        {
            fields["domain"] = $"{company.Name.Replace(" ", "-", StringComparison.Ordinal).ToLowerInvariant()}-{company.Number % 1000}.fr";
            fields["email"] = $"contact@{fields["domain"]}";
        }

        return JsonSerializer.Serialize(fields);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct, params object[] values)
    {
#pragma warning disable CA2100 // constant text of this class
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        await command.ExecuteNonQueryAsync(ct);
    }
}
