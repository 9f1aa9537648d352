using Rcu.Web.Tests.Support;
using static Rcu.Web.Tests.Register.RegisterFiles;

namespace Rcu.Web.Tests.Register;

public class RegisterLoadTests
{
    internal const string Picture =
        """
        select md5(string_agg(line, '|' order by line)) from (
          select u::text as line from register.legal_units u union all select e::text from register.establishments e) lines
        """;

    private static readonly string Header = Headers(Units);

    [Fact]
    public async Task A_thousand_units_load_and_the_same_files_again_change_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();

        var first = await LoadFixtureAsync(database.App);
        var before = await AskAsync(database.App, Picture);
        var second = await LoadFixtureAsync(database.App);

        Assert.Equal([1000, 1151], first.Value!.Select(file => file.Rows));
        Assert.Equal([1000, 1151], second.Value!.Select(file => file.Rows));
        Assert.All(first.Value!, file => Assert.Empty(file.SetAside));
        Assert.Equal(before, await AskAsync(database.App, Picture));
        Assert.Equal("4", await AskAsync(database.App, "select count(*) from register.loads"));
    }

    [Fact]
    public async Task A_file_replaces_what_was_there()
    {
        await using var database = await TestDatabase.CreateAsync();
        await LoadAsync(database.App, (Units, $"{Header}\n{Unit("552032534", "DANONE")}\n{Unit("552081317", "EDF")}\n"));

        await LoadAsync(database.App, (Units, $"{Header}\n{Unit("552032534", "DANONE SA")}\n"));

        Assert.Equal("552032534 DANONE SA", await AskAsync(database.App, "select string_agg(siren || ' ' || name, ';') from register.legal_units"));
    }

    [Fact]
    public async Task The_program_still_reads_what_the_owner_of_the_schema_loaded()
    {
        await using var database = await TestDatabase.CreateAsync();
        await LoadFixtureAsync(database.Owner);

        Assert.Equal("1000 1151", await AskAsync(
            database.App, "select (select count(*) from register.legal_units) || ' ' || (select count(*) from register.establishments)"));
        Assert.Equal([1000, 1151], (await LoadFixtureAsync(database.App)).Value!.Select(file => file.Rows));
    }

    [Fact]
    public async Task A_missing_column_is_named_and_the_register_stays()
    {
        await using var database = await TestDatabase.CreateAsync();
        await LoadFixtureAsync(database.App);

        var refused = await LoadAsync(
            database.App, (Units, $"{Header.Replace("nicSiegeUniteLegale,", "", StringComparison.Ordinal)}\n{Unit("552032534", "DANONE")}\n"));

        Assert.Equal("register.missing_columns", refused.Error?.Code);
        Assert.Equal([Units, "StockUniteLegale", "nicSiegeUniteLegale"], refused.Error?.Values);
        Assert.Equal("1000", await AskAsync(database.App, "select count(*) from register.legal_units"));
    }

    [Fact]
    public async Task Odd_rows_are_set_aside_with_their_reason()
    {
        await using var database = await TestDatabase.CreateAsync();

        var loaded = await LoadAsync(
            database.App,
            (Units, string.Join('\n', Header, Unit("552032534", "DANONE"), Unit("55203253", "TROP COURT"), Unit("552081317", "EDF", diffusion: "X"),
                Unit("542051180", "TOTAL", since: "2020-02-31"), "552100554,O", Unit("552032534", "\"DANONE, \"\"SA\"\"\""))));

        var file = Assert.Single(loaded.Value!);
        Assert.Equal((1, 1), (file.Rows, file.Twins));
        Assert.Equal(
            [("date", 1), ("diffusion", 1), ("number", 1), ("shape", 1)], file.SetAside.OrderBy(bad => bad.Key, StringComparer.Ordinal).Select(bad => (bad.Key, bad.Value)));
        Assert.Equal([(3, "number"), (4, "diffusion"), (5, "date"), (6, "shape")], file.Examples.Select(bad => (bad.Row, bad.Reason)));
        Assert.Equal("DANONE, \"SA\"", await AskAsync(database.App, "select name from register.legal_units"));
    }

    [Fact]
    public async Task A_file_that_is_mostly_odd_is_refused()
    {
        await using var database = await TestDatabase.CreateAsync();
        await LoadFixtureAsync(database.App);

        var refused = await LoadAsync(
            database.App, (Units, string.Join('\n', Enumerable.Range(0, 200).Select(_ => Unit("ABC", "X")).Prepend(Unit("552032534", "DANONE")).Prepend(Header))));

        Assert.Equal("register.too_many_bad", refused.Error?.Code);
        Assert.Equal("1000", await AskAsync(database.App, "select count(*) from register.legal_units"));
    }

    [Fact]
    public async Task What_insee_hides_is_not_kept_but_marked()
    {
        await using var database = await TestDatabase.CreateAsync();

        await LoadAsync(database.App, (Units, $"{Header}\n{Unit("552032534", "[ND]", diffusion: "P")}\n{Unit("552081317", "[ND]", diffusion: "N")}\n"));

        Assert.Equal(
            "P true - -;P true - -",
            await AskAsync(
                database.App,
                "select string_agg(concat_ws(' ', diffusion, masked::text, coalesce(name, '-'), coalesce(name_key, '-')), ';') from register.legal_units"));
    }

    [Fact]
    public async Task A_file_of_something_else_is_refused()
    {
        await using var database = await TestDatabase.CreateAsync();

        Assert.Equal("register.unknown_file", (await LoadAsync(database.App, ("clients.csv", "code,nom\n1,X\n"))).Error?.Code);
        Assert.Equal("register.unknown_file", (await LoadAsync(database.App, ("vide.csv", ""))).Error?.Code);
        Assert.Equal("register.empty", (await LoadAsync(database.App, (Units, $"{Header}\n"))).Error?.Code);
        Assert.Equal("register.same_twice", (await LoadAsync(database.App, (Units, Text(Units)), ("encore.csv", Text(Units)))).Error?.Code);
    }

    private static string Unit(string siren, string name, string diffusion = "O", string since = "") => Row(
        Header, ("siren", siren), ("denominationUniteLegale", name), ("statutDiffusionUniteLegale", diffusion), ("dateDebut", since));
}
