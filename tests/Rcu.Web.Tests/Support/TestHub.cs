using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Web.Identity;

namespace Rcu.Web.Tests.Support;

/// <summary>The whole application on a database of its own, for one test.</summary>
public sealed class TestHub : WebApplicationFactory<Program>
{
    /// <summary>Of everyone <see cref="SignInAsync"/> lets in.</summary>
    public const string Password = "sept lapins bleus sous la lune";

    private readonly TestDatabase _database;
    private readonly bool _works;
    private readonly bool _owns;

    private TestHub(TestDatabase database, bool works, bool owns = true) => (_database, _works, _owns) = (database, works, owns);

    /// <summary>What the application connects with.</summary>
    public string ConnectionString => _database.App;

    /// <param name="works">Whether it does its background work itself, as a hub that serves does.</param>
    /// <param name="clock">What time it is for the program; null for the machine's.</param>
    public static async Task<TestHub> StartAsync(bool works = false, TimeProvider? clock = null) =>
        new(await TestDatabase.CreateAsync(), works) { Clock = clock };

    /// <summary>One on a database that is filled already, and dropped at its end.</summary>
    public static TestHub StartWith(TestDatabase database) => new(database, works: false);

    /// <summary>One on a server of its own, which may be broken down.</summary>
    public static async Task<TestHub> StartOnAsync(string administrator) => new(await TestDatabase.CreateOnAsync(administrator), works: false);

    private TimeProvider? Clock { get; init; }

    /// <summary>One more node of the same hub, on its database; to be disposed before this one.</summary>
    public TestHub AnotherNode() => new(_database, works: false, owns: false);

    /// <summary>One that listens on a port of this machine, for a browser; its address is <c>ClientOptions.BaseAddress</c>.</summary>
    /// <param name="database">What it works on, and drops at its end; null for an empty one.</param>
    public static async Task<TestHub> ListenAsync(TestDatabase? database = null)
    {
        var hub = database is null ? await StartAsync() : new TestHub(database, works: false);
        hub.UseKestrel(port: 0);
        hub.StartServer();
        return hub;
    }

    /// <summary>A browser of someone who has just signed in by the page, in these roles. Redirections are not followed.</summary>
    public async Task<HttpClient> SignInAsync(params string[] roles)
    {
        var browser = NewBrowser();
        var email = await LetInAsync(roles);
        using var answer = await browser.PostFormAsync("/connexion", "/connexion", [new("email", email), new("password", Password)]);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    /// <summary>A browser of nobody. Redirections are not followed.</summary>
    public HttpClient NewBrowser() => CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    /// <summary>Creates a user who can sign in with <see cref="Password"/>, and gives the e-mail to do it with.</summary>
    public async Task<string> LetInAsync(params string[] roles)
    {
        var email = $"{string.Join('-', roles).ToLowerInvariant()}-{Guid.CreateVersion7():n}@test.example";
        await using var scope = Services.CreateAsyncScope();
        var created = await scope.ServiceProvider.GetRequiredService<Users>()
            .CreateAsync(new CreateUser(email, $"Camille {roles.FirstOrDefault()}", roles, Password), "test", CancellationToken.None);
        Assert.True(created.Succeeded, created.Error?.Message);
        return email;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_owns)
        {
            await _database.DisposeAsync();
        }
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("ConnectionStrings:Rcu", _database.App);
        builder.UseSetting("ConnectionStrings:Owner", _database.Owner);
        builder.UseSetting("Logs:File", "false");
        builder.UseSetting("Logs:Level", "Error");
        builder.UseSetting("Jobs:Work", _works ? "true" : "false");
        builder.UseSetting("Feeds:Known", "false");
        if (Clock is { } clock)
        {
            builder.ConfigureTestServices(services => services.AddSingleton(clock));
        }
    }
}
