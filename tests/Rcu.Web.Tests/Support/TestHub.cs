using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Rcu.Web.Tests.Support;

/// <summary>The whole application on a database of its own, for one test.</summary>
public sealed class TestHub : WebApplicationFactory<Program>
{
    private readonly TestDatabase _database;

    private TestHub(TestDatabase database) => _database = database;

    /// <summary>What the application connects with.</summary>
    public string ConnectionString => _database.App;

    public static async Task<TestHub> StartAsync() => new(await TestDatabase.CreateAsync());

    /// <summary>One that listens on a port of this machine, for a browser; its address is <c>ClientOptions.BaseAddress</c>.</summary>
    public static async Task<TestHub> ListenAsync()
    {
        var hub = await StartAsync();
        hub.UseKestrel(port: 0);
        hub.StartServer();
        return hub;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("ConnectionStrings:Rcu", _database.App);
        builder.UseSetting("ConnectionStrings:Owner", _database.Owner);
        builder.UseSetting("Logs:File", "false");
        builder.UseSetting("Jobs:Work", "false");
    }
}
