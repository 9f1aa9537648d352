using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Web.Identity;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Pages;

public class SetupTests
{
    private const string Password = "une girafe lit le journal";

    [Fact]
    public async Task The_first_administrator_shows_the_code_once_and_the_page_closes()
    {
        await using var hub = await TestHub.StartAsync();
        var code = await NewCodeAsync(hub);
        using var browser = hub.NewBrowser();

        using var door = await browser.GetAsync("/connexion");
        using var created = await browser.PostFormAsync("/installation", "/installation", Fields(code));
        using var again = await hub.NewBrowser().GetAsync("/installation");

        Assert.Equal("/installation", door.Headers.Location!.ToString());
        Assert.Equal("/", created.Headers.Location!.ToString());
        Assert.Contains("Utilisateurs", await browser.ReadAsync("/administration"));
        Assert.Equal("/connexion", again.Headers.Location!.ToString());
        Assert.Null(await NewCodeAsync(hub));
    }

    [Fact]
    public async Task A_wrong_code_lets_nobody_in_and_keeps_what_was_typed()
    {
        await using var hub = await TestHub.StartAsync();
        await NewCodeAsync(hub);
        using var browser = hub.NewBrowser();

        using var refused = await browser.PostFormAsync("/installation", "/installation", Fields("AAAAAAAAAAAAAAAA"));

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("ada@test.example", await refused.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_new_code_makes_the_one_before_useless()
    {
        await using var hub = await TestHub.StartAsync();
        var old = await NewCodeAsync(hub);
        await NewCodeAsync(hub);
        using var browser = hub.NewBrowser();

        using var refused = await browser.PostFormAsync("/installation", "/installation", Fields(old));

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    private static KeyValuePair<string, string>[] Fields(string? code) =>
        [new("Code", code!), new("Name", "Ada"), new("Email", "ada@test.example"), new("Password", Password)];

    private static async Task<string?> NewCodeAsync(TestHub hub)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<FirstAdministrator>().NewCodeAsync(default);
    }
}
