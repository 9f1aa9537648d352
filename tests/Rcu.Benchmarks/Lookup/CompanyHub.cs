using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;
using Rcu.Benchmarks.Generator;
using Rcu.Cleaning;
using Rcu.Customers;
using Rcu.Web.Commands;

namespace Rcu.Benchmarks.Lookup;

/// <summary>A hub whose accounts are the generated companies, cleaned and resolved by the hub's own code.</summary>
internal static class CompanyHub
{
    private const int Chunk = 10_000;

    // Column of the generator to canonical field; what is not here says nothing of who a company is.
    private static readonly Dictionary<string, string> Canonical = new()
    {
        ["name"] = "name",
        ["trade_name"] = "brand",
        ["siren"] = "siren",
        ["siret"] = "siret",
        ["vat"] = "vat",
        ["naf"] = "naf",
        ["street"] = "street",
        ["complement"] = "complement",
        ["postal_code"] = "postal_code",
        ["town"] = "city",
        ["country"] = "country",
        ["phone"] = "phone",
        ["email"] = "email",
        ["website"] = "website",
    };

    public static async Task FillAsync(BenchHub hub, GeneratedSet set, CancellationToken ct)
    {
        await CopyInAsync(hub, set, ct);
        await using var scope = hub.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetServices<IStage>().Single(stage => stage.Name is "Resolution").RunAsync(new StageBars(quiet: true), ct);
        await NameAsync(hub, ct);
    }

    /// <summary>What a source says in a row, by canonical field; nothing of what is empty.</summary>
    public static Dictionary<string, string?> Said(GeneratedSet set, string?[] cells) => Enumerable.Range(0, cells.Length)
        .Where(column => cells[column] is { Length: > 0 } && Canonical.ContainsKey(set.Columns[column].Name))
        .ToDictionary(column => Canonical[set.Columns[column].Name], column => cells[column]);

    // What an answer shows of a golden row, without the wait for all the rest of it.
    private static async Task NameAsync(BenchHub hub, CancellationToken ct)
    {
        await using var connection = await hub.OpenAsOwnerAsync(ct);
        await using var name = new NpgsqlCommand(
            """
            insert into accounts (id, name, siren, address_city, sources, record_count, quality, origins, search, created_at, updated_at)
            select l.cluster_id, coalesce(min(r.fields ->> 'name'), '?'), min(r.fields ->> 'siren'), min(r.fields ->> 'city'), '{bench}', count(*), 50, '{}', '', now(), now()
            from links l join records r on r.id = l.record_id group by 1;
            insert into hub_settings (name, value, updated_at) values ('projected_at', to_jsonb(now()), now());
            analyze accounts, links;
            """,
            connection)
        { CommandTimeout = 0 };
        await name.ExecuteNonQueryAsync(ct);
    }

    private static async Task CopyInAsync(BenchHub hub, GeneratedSet set, CancellationToken ct)
    {
        await using var connection = await hub.OpenAsOwnerAsync(ct);
        var source = Guid.CreateVersion7();
        await using (var declare = new NpgsqlCommand(
            "insert into sources (id, name, label, priority, created_at) values ($1, 'bench', 'bench', 1, now())", connection)
        { Parameters = { new() { Value = source } } })
        {
            await declare.ExecuteNonQueryAsync(ct);
        }

        await using (var copy = await connection.BeginBinaryImportAsync(
            """
            copy records (id, source_id, kind, external_key, source_record_id, content_hash, run_id, fields, cleaned_at, rules_version, changed_at)
            from stdin (format binary)
            """,
            ct))
        {
            var now = DateTimeOffset.UtcNow;
            for (var first = 0L; first < set.Rows; first += Chunk)
            {
                var begin = first;
                var rows = Enumerable.Range(0, (int)Math.Min(Chunk, set.Rows - first)).AsParallel().AsOrdered().WithCancellation(ct)
                    .Select(n => Fields(set, begin + n)).ToList();
                for (var n = 0; n < rows.Count; n++)
                {
                    await copy.StartRowAsync(ct);
                    await copy.WriteAsync(Guid.CreateVersion7(now.AddMilliseconds(first + n)), NpgsqlDbType.Uuid, ct);
                    await copy.WriteAsync(source, NpgsqlDbType.Uuid, ct);
                    await copy.WriteAsync("Account", NpgsqlDbType.Text, ct);
                    await copy.WriteAsync($"R{first + n:D8}", NpgsqlDbType.Text, ct);
                    await copy.WriteAsync(Guid.Empty, NpgsqlDbType.Uuid, ct);
                    await copy.WriteAsync(Array.Empty<byte>(), NpgsqlDbType.Bytea, ct);
                    await copy.WriteAsync(Guid.Empty, NpgsqlDbType.Uuid, ct);
                    await copy.WriteAsync(rows[n], NpgsqlDbType.Jsonb, ct);
                    await copy.WriteAsync(now, NpgsqlDbType.TimestampTz, ct);
                    await copy.WriteAsync(RecordCleaner.RulesVersion, NpgsqlDbType.Integer, ct);
                    await copy.WriteAsync(now, NpgsqlDbType.TimestampTz, ct);
                }
            }

            await copy.CompleteAsync(ct);
        }

        await using var analyze = new NpgsqlCommand("vacuum analyze records", connection) { CommandTimeout = 0 };
        await analyze.ExecuteNonQueryAsync(ct);
    }

    private static string Fields(GeneratedSet set, long row)
    {
        var cells = new string?[set.Columns.Count];
        set.Fill(row, cells);
        return JsonSerializer.Serialize(RecordCleaner.Clean(RecordKind.Account, Said(set, cells)).Fields);
    }
}
