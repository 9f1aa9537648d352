using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Data;
using Rcu.Web.Identity;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Pages;

public class SignInTests
{
    [Fact]
    public async Task Whoever_is_not_signed_in_is_shown_the_door_and_brought_back_where_they_were_going()
    {
        await using var hub = await TestHub.StartAsync();
        var email = await hub.LetInAsync(HubRoles.Admin);
        using var browser = hub.NewBrowser();

        using var refused = await browser.GetAsync("/administration?before=1");
        var door = refused.Headers.Location!.PathAndQuery;
        using var entered = await browser.PostFormAsync(
            door, "/connexion", [new("email", email), new("password", TestHub.Password), new("returnUrl", "/administration?before=1")]);

        Assert.StartsWith("/connexion?ReturnUrl=", door, StringComparison.Ordinal);
        Assert.Equal("/administration?before=1", entered.Headers.Location!.ToString());
        Assert.Contains("Utilisateurs", await browser.ReadAsync("/administration"));
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData(@"/\evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("https:evil.example")]
    [InlineData("/%0d%0aLocation:evil")]
    public async Task Nobody_is_sent_elsewhere_by_the_door(string elsewhere)
    {
        await using var hub = await TestHub.StartAsync();
        var email = await hub.LetInAsync(HubRoles.Commercial);
        using var browser = hub.NewBrowser();

        using var entered = await browser.PostFormAsync(
            "/connexion", "/connexion", [new("email", email), new("password", TestHub.Password), new("returnUrl", elsewhere)]);

        Assert.Equal(HttpStatusCode.Redirect, entered.StatusCode);
        Assert.DoesNotMatch(@"^(//|/\\|https?:)", entered.Headers.Location!.ToString());
    }

    [Fact]
    public async Task The_door_says_the_same_of_a_wrong_password_and_of_someone_it_does_not_know()
    {
        await using var hub = await TestHub.StartAsync();
        var email = await hub.LetInAsync(HubRoles.Commercial);
        using var browser = hub.NewBrowser();

        using var wrong = await browser.PostFormAsync("/connexion", "/connexion", [new("email", email), new("password", "un autre mot de passe")]);
        using var unknown = await browser.PostFormAsync("/connexion", "/connexion", [new("email", "x" + email), new("password", "un autre mot de passe")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Equal(wrong.StatusCode, unknown.StatusCode);
        Assert.Equal(Refusal(await wrong.Content.ReadAsStringAsync()), Refusal(await unknown.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task After_five_wrong_passwords_the_right_one_no_longer_opens()
    {
        await using var hub = await TestHub.StartAsync();
        var email = await hub.LetInAsync(HubRoles.Commercial);
        using var browser = hub.NewBrowser();

        for (var guess = 0; guess < 5; guess++)
        {
            using var wrong = await browser.PostFormAsync("/connexion", "/connexion", [new("email", email), new("password", $"devinette {guess} fausse")]);
        }

        using var right = await browser.PostFormAsync("/connexion", "/connexion", [new("email", email), new("password", TestHub.Password)]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, right.StatusCode);
    }

    [Fact]
    public async Task Guesses_are_counted_for_each_address_too()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.LetInAsync(HubRoles.Commercial);
        using var browser = hub.NewBrowser();
        var last = HttpStatusCode.OK;

        for (var guess = 0; guess < 21; guess++)
        {
            using var tried = await browser.PostFormAsync("/connexion", "/connexion", [new("email", $"a{guess}@b.example"), new("password", "x")]);
            last = tried.StatusCode;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
    }

    [Fact]
    public async Task Someone_disabled_does_not_come_in()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.LetInAsync(HubRoles.Admin);
        var email = await hub.LetInAsync(HubRoles.Commercial);
        await using (var scope = hub.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<Users>();
            var user = (await users.ListAsync(default)).Single(u => u.Email == email);
            Assert.True((await users.SetDisabledAsync(user.Id, true, "test", default)).Succeeded);
        }

        using var browser = hub.NewBrowser();
        using var tried = await browser.PostFormAsync("/connexion", "/connexion", [new("email", email), new("password", TestHub.Password)]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, tried.StatusCode);
    }

    [Fact]
    public async Task Signing_out_is_a_post_and_closes_the_door()
    {
        await using var hub = await TestHub.StartAsync();
        using var browser = await hub.SignInAsync(HubRoles.Commercial);

        using var left = await browser.PostFormAsync("/", "/connexion?handler=Out");
        using var after = await browser.GetAsync("/");

        Assert.Equal("/connexion", left.Headers.Location!.ToString());
        Assert.StartsWith("/connexion", after.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_its_token_does_nothing()
    {
        await using var hub = await TestHub.StartAsync();
        using var browser = await hub.SignInAsync(HubRoles.Admin);

        using var forged = await browser.PostAsync(
            "/administration?handler=Create", new FormUrlEncodedContent([new("Name", "Eve"), new("Email", "eve@evil.example"), new("Chosen", "Admin")]));

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.DoesNotContain("eve@evil.example", await browser.ReadAsync("/administration"));
    }

    [Fact]
    public async Task The_cookie_is_kept_from_scripts_and_over_https_from_everything_but_this_host()
    {
        await using var hub = await TestHub.StartAsync();
        var email = await hub.LetInAsync(HubRoles.Commercial);
        using var near = hub.NewBrowser();
        using var far = hub.CreateClient(new() { BaseAddress = new Uri("https://rcu.example"), AllowAutoRedirect = false });

        using var plain = await near.PostFormAsync("/connexion", "/connexion", [new("email", email), new("password", TestHub.Password)]);
        using var secure = await far.PostFormAsync("/connexion", "/connexion", [new("email", email), new("password", TestHub.Password)]);

        Assert.Matches("^rcu=.*; path=/; samesite=lax; httponly$", Cookie(plain, "rcu="));
        Assert.Matches("^__Host-rcu=.*; path=/; secure; samesite=lax; httponly$", Cookie(secure, "__Host-rcu="));
    }

    [Theory]
    [InlineData("motdepasse123")]
    [InlineData("azertyuiop12")]
    [InlineData("password2026!")]
    [InlineData("aaaaaaaaaaaaaaa")]
    [InlineData("123456789012")]
    [InlineData("camille.dupont1")]
    [InlineData("trop court")]
    public async Task A_password_that_everybody_tries_is_refused(string password)
    {
        await using var hub = await TestHub.StartAsync();
        await using var scope = hub.Services.CreateAsyncScope();

        var created = await scope.ServiceProvider.GetRequiredService<Users>()
            .CreateAsync(new CreateUser("camille.dupont@test.example", "Camille", [HubRoles.Commercial], password), "test", default);

        Assert.False(created.Succeeded);
        Assert.False(await scope.ServiceProvider.GetRequiredService<IdentityDb>().Users.AnyAsync());
    }

    [Fact]
    public async Task A_sign_in_leaves_its_trace()
    {
        await using var hub = await TestHub.StartAsync();
        using var browser = await hub.SignInAsync(HubRoles.Commercial);
        await using var scope = hub.Services.CreateAsyncScope();

        var traces = await scope.ServiceProvider.GetRequiredService<RcuDb>().Audit.Select(a => a.Action).ToListAsync();

        Assert.Equal(["user.created", "user.signed_in"], traces.Order());
    }

    private static string Refusal(string page) => page[page.IndexOf("form-refusal", StringComparison.Ordinal)..page.IndexOf("<div class=\"field\">", StringComparison.Ordinal)];

    private static string Cookie(HttpResponseMessage answer, string start) =>
        answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith(start, StringComparison.Ordinal));
}
