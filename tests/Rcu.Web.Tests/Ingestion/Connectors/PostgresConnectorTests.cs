using System.Diagnostics.CodeAnalysis;
using Npgsql;
using Rcu.Ingestion.Pulling;
using Rcu.Jobs;
using Rcu.Security.Outbound;
using Rcu.Web.Tests.Ingestion.Pulling;

namespace Rcu.Web.Tests.Ingestion.Connectors;

/// <summary>A table of another PostgreSQL is followed by its watermark: no row is missed, and nothing can be written there.</summary>
[SuppressMessage("Security", "CA2100", Justification = "The texts are the tests' own.")]
public class PostgresConnectorTests
{
    private const string Evidence = "select count(*) || '|' || count(distinct external_key) as \"Value\" from source_records";

    [Fact]
    public async Task Rows_that_share_an_instant_over_the_edge_of_a_page_are_all_read_even_when_the_pull_is_cut()
    {
        await using var bench = await PullBench.CreateAsync();
        await RunAsync(bench, Table);
        // 5,500 rows, of which 500 of one instant lie across the edge of the first page.
        await RunAsync(bench, """
            insert into clients select i, 'Société ' || i, 'Metz',
              timestamptz '2026-11-01 10:00:00+01' + case when i between 4801 and 5300 then interval '4801 seconds' else i * interval '1 second' end
            from generate_series(1, 5500) i
            """);
        var connection = await ConnectAsync(bench);

        await Assert.ThrowsAnyAsync<Exception>(() => bench.PullAsync(connection.Id, new CutConnection("second page")));
        var saved = await bench.QueryAsync(Evidence);
        var run = await bench.PullAsync(connection.Id);

        Assert.Equal([$"{PullJob.PageSize}|{PullJob.PageSize}"], saved);
        Assert.Equal((RunStatus.Succeeded, 5500, 5500), (run.Status, run.Done, run.Counters["inserted"]));
        Assert.Equal(["5500|5500"], await bench.QueryAsync(Evidence));
    }

    [Fact]
    public async Task The_next_pull_reads_what_changed_and_what_was_committed_late_within_the_overlap()
    {
        await using var bench = await PullBench.CreateAsync();
        await RunAsync(bench, Table);
        await RunAsync(bench, "insert into clients select i, 'S' || i, 'Metz', timestamptz '2026-11-01 10:00+01' + i * interval '1 minute' from generate_series(1, 30) i");
        var connection = await ConnectAsync(bench);
        await bench.PullAsync(connection.Id);
        await RunAsync(bench, "insert into clients values (31, 'Tard', 'Metz', timestamptz '2026-11-01 10:27+01')");
        await RunAsync(bench, "update clients set name = 'Change', modified_at = timestamptz '2026-11-01 11:00+01' where id = 3");

        var run = await bench.PullAsync(connection.Id);

        Assert.Equal((1, 1, 6), (run.Counters["inserted"], run.Counters["updated"], run.Counters["unchanged"]));
        Assert.Equal(["32|31"], await bench.QueryAsync(Evidence));
    }

    [Fact]
    public async Task What_a_copying_tool_adds_is_no_change_and_what_it_marks_deleted_is_withdrawn_until_it_comes_back()
    {
        await using var bench = await PullBench.CreateAsync();
        await RunAsync(bench, "create table clients (id int primary key, name text, city text, _fivetran_synced timestamptz, _fivetran_deleted boolean)");
        await RunAsync(bench, "insert into clients values (1, 'Un', 'Metz', now() - interval '1 hour', false), (2, 'Deux', 'Metz', now() - interval '1 hour', false)");
        var connection = await ConnectAsync(bench, watermark: "_fivetran_synced");
        await bench.PullAsync(connection.Id);
        await RunAsync(bench, "update clients set _fivetran_synced = now(), _fivetran_deleted = id = 2");

        var run = await bench.PullAsync(connection.Id);
        var withdrawn = await bench.QueryAsync(Gone);
        var again = await bench.PullAsync(connection.Id);
        await RunAsync(bench, "update clients set _fivetran_synced = now() + interval '1 hour', _fivetran_deleted = false");
        var back = await bench.PullAsync(connection.Id);

        Assert.Equal((0, 0, 1, 1), (run.Counters["inserted"], run.Counters["updated"], run.Counters["unchanged"], run.Counters["withdrawn"]));
        Assert.Equal(["1", "2 gone"], withdrawn);
        Assert.Equal((2, 0), (again.Counters["unchanged"], again.Counters["withdrawn"])); // what is gone is not gone twice
        Assert.Equal((1, 1), (back.Counters["inserted"], back.Counters["unchanged"]));
        Assert.Equal(["1", "2"], await bench.QueryAsync(Gone));
    }

    [Fact]
    public async Task A_whole_reading_withdraws_what_it_does_not_give_asks_when_that_is_much_and_is_undone_exactly()
    {
        await using var bench = await PullBench.CreateAsync();
        await RunAsync(bench, Table);
        await RunAsync(bench, "insert into clients select i, 'S' || i, 'Metz', now() from generate_series(1, 6) i");
        var settings = new SaveSourceConnection(
            "Clients", "postgres", "crm", Json(Settings(bench, "clients", null, null)), Secret: Password(bench), IsWhole: true,
            Mapping: new SourceMapping(Customers.RecordKind.Account, ["id"], new Dictionary<string, string> { ["name"] = "name" }));
        var connection = await bench.ConnectAsync(settings);
        await bench.PullAsync(connection.Id);
        await RunAsync(bench, "delete from clients where id = 4");
        var one = await bench.PullAsync(connection.Id);
        await RunAsync(bench, "delete from clients where id < 3");
        var held = await bench.PullAsync(connection.Id);
        var (stopped, alerts, kept) = (await bench.ConnectionAsync(connection.Id), await bench.AlertsAsync(), await bench.QueryAsync(Gone));

        await using var db = bench.Db();
        await bench.Connections(db).AgreeAbsentAsync(connection.Id, "léa", default);
        var agreed = await bench.PullAsync(connection.Id);
        var after = await bench.QueryAsync(Gone);
        var undone = await bench.UndoAsync(agreed.Id);
        var watermarked = await bench.Connections(db).CreateAsync(settings with { Name = "Suivis", Settings = Json(Settings(bench, "clients", null, "modified_at")) }, "léa", default);

        Assert.Equal((5, 1, 0), (one.Counters["unchanged"], one.Counters["absent"], one.Counters["withdrawn"]));
        Assert.Equal((ConnectionState.Paused, 2), (stopped.State, held.Counters["absentHeld"]));
        Assert.Equal(["alert.absent "], alerts);
        Assert.Equal(["1", "2", "3", "4 gone", "5", "6"], kept);
        Assert.Equal(2, agreed.Counters["absent"]);
        Assert.Equal(["1 gone", "2 gone", "3", "4 gone", "5", "6"], after);
        Assert.Empty(await bench.AlertsAsync());
        Assert.True(undone.Succeeded);
        Assert.Equal(kept, await bench.QueryAsync(Gone));
        Assert.Equal("connection.not_whole", watermarked.Error?.Code);
    }

    private const string Gone =
        "select external_key || case when gone_at is null then '' else ' gone' end as \"Value\" from records where removed_at is null or gone_at is not null order by 1";

    [Fact]
    public async Task A_query_that_writes_is_refused_by_the_source_itself()
    {
        await using var bench = await PullBench.CreateAsync();
        await RunAsync(bench, Table);
        await RunAsync(bench, "create function wipe() returns setof clients language sql as 'delete from clients returning *'");
        await RunAsync(bench, "insert into clients values (1, 'Un', 'Metz', now())");
        var connection = await bench.ConnectAsync("postgres", Settings(bench, table: null, query: "select * from wipe()", watermark: null), Password(bench));

        await bench.PullAsync(connection.Id);

        var after = await bench.ConnectionAsync(connection.Id);
        Assert.Equal((ConnectionState.Broken, "la requête veut écrire : seules les lectures sont permises."), (after.State, after.StateReason));
        Assert.Equal(["1"], await bench.QueryAsync("select count(*)::text as \"Value\" from clients"));
    }

    [Fact]
    public async Task A_key_column_that_goes_stops_the_pull_before_anything_is_passed_over()
    {
        await using var bench = await PullBench.CreateAsync();
        await RunAsync(bench, Table);
        await RunAsync(bench, "insert into clients values (1, 'Un', 'Metz', now())");
        var connection = await ConnectAsync(bench);
        await bench.PullAsync(connection.Id);
        var before = await bench.ConnectionAsync(connection.Id);
        await RunAsync(bench, "alter table clients rename column id to numero");

        await bench.PullAsync(connection.Id);

        var after = await bench.ConnectionAsync(connection.Id);
        Assert.Equal((ConnectionState.Broken, before.Cursor), (after.State, after.Cursor));
        Assert.Contains("« id » n’existe pas", after.StateReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_test_says_in_French_what_is_missing()
    {
        await using var bench = await PullBench.CreateAsync();
        await RunAsync(bench, Table);
        await RunAsync(bench, "insert into clients values (1, 'Un', 'Metz', null)");
        var (good, absent) = (await ConnectAsync(bench), await bench.ConnectAsync(
            new SaveSourceConnection("Autre", "postgres", "crm", Json(Settings(bench, "absente", null, null)), Feed: "crm_postgres", Secret: Password(bench))));
        await using var db = bench.Db();

        var told = await bench.Connections(db).TestAsync(good.Id, default);
        var missing = await bench.Connections(db).TestAsync(absent.Id, default);

        Assert.Contains("elles ne seront jamais lues", told.Value, StringComparison.Ordinal);
        Assert.Equal("cette table n’existe pas.", missing.Error?.Values[0]);
    }

    [Theory]
    [InlineData("127.0.0.1", "L’adresse 127.0.0.1 n’est pas publique")]
    [InlineData("2130706433", "L’adresse 127.0.0.1 n’est pas publique")]
    [InlineData("localhost", "n’est pas publique : l’administrateur la nomme dans Activation:AllowedAddresses")]
    [InlineData("127.0.0.1,localhost", "est inconnu")]
    [InlineData("/var/run/postgresql", "est inconnu")]
    public async Task A_private_address_that_nobody_named_is_not_called_by_any_of_its_names(string host, string told)
    {
        await using var bench = await PullBench.CreateAsync();
        await RunAsync(bench, Table);
        await RunAsync(bench, "insert into clients values (1, 'Un', 'Metz', now())");
        var connection = await bench.ConnectAsync("postgres", Settings(bench, "clients", null, null, host), Password(bench));
        bench.Rules = new OutboundRules([]);

        var run = await bench.PullAsync(connection.Id);
        await using var db = bench.Db();
        var tried = await bench.Connections(db).TestAsync(connection.Id, default);

        Assert.NotEqual(RunStatus.Succeeded, run.Status);
        Assert.Contains(told, (await bench.ConnectionAsync(connection.Id)).StateReason, StringComparison.Ordinal);
        Assert.Contains(told, $"{tried.Error?.Values[0]}", StringComparison.Ordinal);
        Assert.Equal(["0"], await bench.QueryAsync("select count(*)::text as \"Value\" from source_records"));
    }

    [Fact]
    public async Task A_private_address_that_nobody_named_is_refused_as_soon_as_it_is_typed()
    {
        await using var bench = await PullBench.CreateAsync();
        bench.Rules = new OutboundRules(["10.0.0.8"]);
        await using var db = bench.Db();

        var made = await bench.Connections(db).CreateAsync(
            new SaveSourceConnection("ERP", "postgres", "crm", Json(Settings(bench, "clients", null, null)), Feed: "crm_postgres", Secret: "s3cret"), "léa", default);

        Assert.Contains("L’adresse 127.0.0.1 n’est pas publique", $"{made.Error?.Values[0]}", StringComparison.Ordinal);
    }

    private const string Table = "create table clients (id int primary key, name text, city text, modified_at timestamptz)";

    private static Task<SourceConnection> ConnectAsync(PullBench bench, string watermark = "modified_at") =>
        bench.ConnectAsync("postgres", Settings(bench, "public.clients", null, watermark), Password(bench));

    private static object Settings(PullBench bench, string? table, string? query, string? watermark, string? host = null)
    {
        var hub = new NpgsqlConnectionStringBuilder(bench.Owner);
        return new { host = host ?? hub.Host, port = hub.Port, database = hub.Database, user = hub.Username, keys = new[] { "id" }, table, query, watermark, tls = false };
    }

    private static string? Password(PullBench bench) => new NpgsqlConnectionStringBuilder(bench.Owner).Password;

    private static System.Text.Json.JsonElement Json(object settings) =>
        System.Text.Json.JsonSerializer.SerializeToElement(settings, System.Text.Json.JsonSerializerOptions.Web);

    // The source is the same server: its tables belong to the schema's owner.
    private static async Task RunAsync(PullBench bench, string sql)
    {
        await using var connection = new NpgsqlConnection(bench.Owner);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
