using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Insight;
using Rcu.Segmentation;

namespace Rcu.Benchmarks.Pages;

/// <summary>
/// The base that pages are measured on, loaded by COPY into a database that stays: a later run finds it again, brought up to date by
/// the migrations there are since. Another version of the generator makes it anew.
/// </summary>
internal static class KeptBase
{
    // What is filled row by row; its indexes are built once it is full.
    private static readonly string[] Filled =
    [
        "accounts", "contacts", "establishments", "records", "source_records", "links", "roles", "consents", "interactions", "documents",
        "document_lines", "opportunities", "matches",
    ];

    public static async Task<BenchHub> OpenAsync(BenchData data, PageBase plan, CancellationToken ct)
    {
        var name = $"rcu_pages_{plan.Accounts / 1_000}k";
        var isKept = await IsLoadedAsync(data.Administrator, name, ct);
        if (!isKept)
        {
            await HubDatabase.DropAsync(data.Administrator, name, ct);
        }

        var hub = await BenchHub.KeepAsync(data.Administrator, name, Path.Combine(data.Folder, "uploads"), ct);
        hub.Clock.Set(PageBase.End);
        if (!isKept)
        {
            await LoadAsync(hub, plan, ct);
            await MarkAsync(data.Administrator, name, ct);
        }

        await SegmentAsync(hub, ct);

        await new NameWords(hub.Database, hub.Clock).RunAsync(ct);
        return hub;
    }

    private static async Task LoadAsync(BenchHub hub, PageBase plan, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        var sources = await DeclareAsync(hub, ct);
        await using var connection = await hub.OpenAsOwnerAsync(ct);
        await ExecuteAsync(connection, "set synchronous_commit = off; set maintenance_work_mem = '768MB'; set work_mem = '512MB'", ct);
        var indexes = await SetAside.IndexesAsync(connection, Filled, ct);
        var (accounts, contacts, facts, pairs) = (new AccountRows(plan, sources), new ContactRows(plan, sources), new FactRows(plan), new PairRows(plan));
        (string Into, int Count, Action<int, CopyText> Write)[] tables =
        [
            (AccountRows.Golden, plan.Accounts, accounts.WriteGolden),
            (AccountRows.Establishments, plan.Accounts, accounts.WriteEstablishments),
            (AccountRows.Records, plan.Accounts, accounts.WriteRecords),
            (AccountRows.Evidence, plan.Accounts, accounts.WriteEvidence),
            (AccountRows.Links, plan.Accounts, accounts.WriteLinks),
            (ContactRows.Golden, plan.Contacts, contacts.WriteGolden),
            (AccountRows.Records, plan.Contacts, contacts.WriteRecords),
            (AccountRows.Evidence, plan.Contacts, contacts.WriteEvidence),
            (AccountRows.Links, plan.Contacts, contacts.WriteLinks),
            (ContactRows.Roles, plan.Contacts, contacts.WriteRoles),
            (ContactRows.Consents, plan.Contacts, contacts.WriteConsents),
            (FactRows.Interactions, plan.Interactions, facts.WriteInteraction),
            (FactRows.Documents, plan.Documents, facts.WriteDocument),
            (FactRows.Lines, plan.Documents, facts.WriteLines),
            (FactRows.Opportunities, plan.Opportunities, facts.WriteOpportunity),
            (PairRows.Pairs, plan.AccountPairs, pairs.WriteAccountPair),
            (PairRows.Pairs, plan.ContactPairs, pairs.WriteContactPair),
        ];
        foreach (var (into, count, write) in tables)
        {
            await CopyAsync(connection, into, count, write, ct);
            await SayAsync(watch, into.Split(' ')[0]);
        }

        foreach (var index in indexes)
        {
            await ExecuteAsync(connection, index, ct);
        }

        await SayAsync(watch, "indexes");
        foreach (var statement in BaseExtras.Statements.Concat(BaseFigures.Statements))
        {
            await ExecuteAsync(connection, statement.Replace("{group}", $"{plan.AccountId(plan.Group)}", StringComparison.Ordinal), ct);
        }

        await ExecuteAsync(connection, "vacuum analyze", ct);
        await SayAsync(watch, "figures");
    }

    // The hub's own templates of segments, and their members.
    private static async Task SegmentAsync(BenchHub hub, CancellationToken ct)
    {
        foreach (var template in SegmentTemplates.List)
        {
            await using var one = hub.Services.CreateAsyncScope();
            var db = one.ServiceProvider.GetRequiredService<RcuDb>();
            if (await db.Segments.AnyAsync(s => s.Name == template.Name, ct))
            {
                continue;
            }

            db.Database.SetCommandTimeout(TimeSpan.FromMinutes(30));
            var made = await one.ServiceProvider.GetRequiredService<Segments>().CreateAsync(
                new SaveSegment(template.Name, template.Description, template.Target, template.Rule), "bench", ct);
            if (!made.Succeeded)
            {
                throw new InvalidOperationException(made.Error.Message);
            }
        }
    }

    private static async Task<Dictionary<string, Guid>> DeclareAsync(BenchHub hub, CancellationToken ct)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RcuDb>();
        await KnownFeeds.DeclareAsync(db, hub.Clock, ct);
        return db.Sources.ToDictionary(source => source.Name, source => source.Id);
    }

    private static async Task CopyAsync(NpgsqlConnection connection, string into, int count, Action<int, CopyText> write, CancellationToken ct)
    {
        const int chunk = 2_000;
        await using var copy = await connection.BeginTextImportAsync($"copy {into} from stdin", ct);
        var chunks = Enumerable.Range(0, (count + chunk - 1) / chunk).AsParallel().AsOrdered().WithCancellation(ct).Select(one =>
        {
            var rows = new CopyText();
            for (var n = one * chunk; n < Math.Min(count, (one + 1) * chunk); n++)
            {
                write(n, rows);
            }

            return rows.Rows;
        });
        foreach (var rows in chunks)
        {
            await copy.WriteAsync(rows, ct);
        }
    }

    public static async Task<bool> IsLoadedAsync(string administrator, string name, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(administrator);
        await connection.OpenAsync(ct);
        await using var ask = new NpgsqlCommand("select shobj_description(oid, 'pg_database') from pg_database where datname = $1", connection)
        {
            Parameters = { new() { Value = name } },
        };
        return await ask.ExecuteScalarAsync(ct) is PageBase.Version;
    }

    public static async Task MarkAsync(string administrator, string name, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(administrator);
        await connection.OpenAsync(ct);
        await ExecuteAsync(connection, $"comment on database {name} is '{PageBase.Version}'", ct);
    }

    private static Task SayAsync(Stopwatch watch, string what) => Console.Error.WriteLineAsync($"pages: {what} after {watch.Elapsed.TotalSeconds:0} s");

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
#pragma warning disable CA2100 // constant text of this folder
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(ct);
    }
}
