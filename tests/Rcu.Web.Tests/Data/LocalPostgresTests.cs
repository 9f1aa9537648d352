using Npgsql;
using Rcu.Data;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Data;

public class LocalPostgresTests
{
    private static readonly string Home = Path.Combine(TestServer.Root, ".rcu");

    [Fact]
    public async Task A_server_that_is_named_is_used_as_it_is()
    {
        await using var postgres = await LocalPostgres.StartAsync("Host=elsewhere", "", Home, [], default);

        Assert.Equal("Host=elsewhere", postgres.ConnectionString);
        Assert.False(postgres.IsOurs);
    }

    [Fact]
    public async Task A_server_left_by_a_killed_run_is_found_again_with_its_data()
    {
        var folder = LocalFolder.ForPostgres(Home, $"found-{Guid.CreateVersion7():n}");
        var left = await LocalPostgres.StartAsync(null, folder, Home, ["fsync=off"], default);
        await RunAsync(left, "create table kept (id int)");
        left.Leave();

        await using (var found = await LocalPostgres.StartAsync(null, folder, Home, [], default))
        {
            Assert.Equal(left.ConnectionString, found.ConnectionString);
            await RunAsync(found, "insert into kept values (1)");
        }

        await using (var again = await LocalPostgres.StartAsync(null, folder, Home, [], default))
        {
            await RunAsync(again, "insert into kept values (2)");
        }

        Assert.Null(await LocalPostgres.FindAsync(folder, default));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_last_program_to_leave_stops_the_server()
    {
        var folder = LocalFolder.ForPostgres(Home, $"shared-{Guid.CreateVersion7():n}");

        var both = await Task.WhenAll(
            LocalPostgres.StartAsync(null, folder, Home, ["fsync=off"], default),
            LocalPostgres.StartAsync(null, folder, Home, ["fsync=off"], default));
        await both[0].DisposeAsync();
        await RunAsync(both[1], "select 1");
        await both[1].DisposeAsync();

        Assert.Equal(both[0].ConnectionString, both[1].ConnectionString);
        Assert.Null(await LocalPostgres.FindAsync(folder, default));
        Directory.Delete(folder, recursive: true);
    }

    private static async Task RunAsync(LocalPostgres postgres, string sql)
    {
        await using var connection = new NpgsqlConnection(postgres.ConnectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // written in this file
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
