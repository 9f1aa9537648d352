using Rcu.Data;

namespace Rcu.Web.Tests.Support;

/// <summary>A migrated database for one test alone, dropped at its end.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _administrator;
    private readonly string _name;

    private TestDatabase(string administrator, string name, HubDatabase hub) =>
        (_administrator, _name, Owner, App) = (administrator, name, hub.Owner, hub.App);

    /// <summary>The connection string of the schema's owner: for a test that migrates.</summary>
    public string Owner { get; }

    /// <summary>The connection string of the role the program runs under: what tests use.</summary>
    public string App { get; }

    public static async Task<TestDatabase> CreateAsync()
    {
        var administrator = await TestServer.AdministratorAsync();
        var template = await TestServer.TemplateAsync();
        return await CreateAsync(administrator, template);
    }

    /// <summary>A copy of a database that nobody is using.</summary>
    public static async Task<TestDatabase> CreateCopyAsync(TestDatabase original) =>
        await CreateAsync(await TestServer.AdministratorAsync(), original._name);

    /// <summary>One that no script has seen.</summary>
    public static async Task<TestDatabase> CreateEmptyAsync() =>
        await CreateAsync(await TestServer.AdministratorAsync(), template: null);

    /// <summary>A migrated one on another server than that of the tests.</summary>
    public static async Task<TestDatabase> CreateOnAsync(string administrator)
    {
        var database = await CreateAsync(administrator, template: null);
        await Migrator.MigrateAsync(database.Owner, HubDatabase.AppRole, CancellationToken.None);
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        await HubDatabase.DropAsync(_administrator, _name, CancellationToken.None);
    }

    private static async Task<TestDatabase> CreateAsync(string administrator, string? template)
    {
        var name = $"rcu_test_{Guid.CreateVersion7():n}";
        var hub = await HubDatabase.CreateAsync(administrator, name, template, CancellationToken.None);

        // Small pools: hundreds of databases share one server.
        return new TestDatabase(administrator, name, new HubDatabase(Small(hub.Owner), Small(hub.App)));
    }

    private static string Small(string connectionString) => connectionString + ";Maximum Pool Size=20;Connection Idle Lifetime=5;Connection Pruning Interval=1";
}
