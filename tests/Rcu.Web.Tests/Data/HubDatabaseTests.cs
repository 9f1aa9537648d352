using Npgsql;
using Rcu.Data;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Data;

public class HubDatabaseTests
{
    [Fact]
    public async Task The_program_runs_under_a_role_that_can_change_rows_and_nothing_else()
    {
        await using var test = await TestDatabase.CreateEmptyAsync();
        await Migrator.MigrateAsync(test.Owner, HubDatabase.AppRole, default);
        await RunAsync(test.Owner, "create table thing (id int generated always as identity, name text)");

        await RunAsync(test.App, "insert into thing (name) values ('a'); update thing set name = 'b'; delete from thing");

        foreach (var forbidden in new[]
        {
            "create table other (id int)", "drop table thing", "alter table thing add column x int", "truncate thing",
            "create schema mine", "create role someone", "create database other",
        })
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => RunAsync(test.App, forbidden));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }
    }

    [Fact]
    public async Task A_right_that_was_taken_back_stays_so_at_the_next_start()
    {
        await using var test = await TestDatabase.CreateEmptyAsync();
        await Migrator.MigrateAsync(test.Owner, HubDatabase.AppRole, default);
        await RunAsync(test.Owner, "create table kept (id int); revoke update on kept from rcu_app");

        await Migrator.MigrateAsync(test.Owner, HubDatabase.AppRole, default);

        await RunAsync(test.App, "insert into kept values (1)");
        await Assert.ThrowsAsync<PostgresException>(() => RunAsync(test.App, "update kept set id = 2"));
    }

    [Fact]
    public async Task Two_programs_that_start_at_once_migrate_once()
    {
        await using var test = await TestDatabase.CreateEmptyAsync();

        var ran = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            Migrator.MigrateAsync(test.Owner, HubDatabase.AppRole, default)));

        Assert.Equal(ran.SelectMany(names => names).Distinct().Count(), ran.Sum(names => names.Count));
        Assert.Empty(await Migrator.MigrateAsync(test.Owner, HubDatabase.AppRole, default));
    }

    [Fact]
    public async Task A_database_is_made_once_and_found_again()
    {
        var administrator = await TestServer.AdministratorAsync();
        var name = $"rcu_again_{Guid.CreateVersion7():n}";

        var first = await HubDatabase.CreateAsync(administrator, name, template: null, default);
        await RunAsync(first.Owner, "create table kept (id int)");
        var second = await HubDatabase.CreateAsync(administrator, name, template: null, default);
        await RunAsync(second.Owner, "insert into kept values (1)");

        Assert.Equal(first, second);
        await HubDatabase.DropAsync(administrator, name, default);
    }

    [Fact]
    public async Task Databases_asked_for_at_once_do_not_wait_for_one_another_for_ever()
    {
        // Under a name of its own, so that no other test frees by chance what these would hold.
        var administrator = $"{await TestServer.AdministratorAsync()};Application Name=at once";
        string[] names = [.. Enumerable.Range(0, 3).Select(_ => $"rcu_at_once_{Guid.CreateVersion7():n}")];

        await Task.WhenAll(names.Select(name => HubDatabase.CreateAsync(administrator, name, template: null, default)))
            .WaitAsync(TimeSpan.FromMinutes(1));

        foreach (var name in names)
        {
            await HubDatabase.DropAsync(administrator, name, default);
        }
    }

    private static async Task RunAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // written in this file
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
