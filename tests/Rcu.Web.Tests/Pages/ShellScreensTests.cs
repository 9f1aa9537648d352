using Microsoft.Playwright;
using Rcu.Web.Identity;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Pages;

/// <summary>The shell, seen by a browser.</summary>
public class ShellScreensTests
{
    private static readonly string[] Paths =
        ["/", "/administration", "/administration/cles", "/administration/sources", "/administration/travaux"];

    [Fact]
    public async Task Every_screen_of_the_shell_is_sound_by_day_by_night_and_on_a_phone()
    {
        await using var hub = await TestHub.ListenAsync();
        var email = await hub.LetInAsync(HubRoles.Admin);

        await using var window = await Browser.OpenAsync(hub, Screen.Desk);
        await window.AssertSoundOnEveryScreenAsync("/connexion");
        await SignInAsync(window, email);
        await window.AssertSoundOnEveryScreenAsync(Paths);
        await window.GoAsync("/nulle-part");
        Assert.Empty(await window.TroublesOnEveryScreenAsync());

        // The browser itself notes that this one is not there.
        Assert.DoesNotContain(window.Troubles, trouble => !trouble.Contains("404", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_keyboard_goes_everywhere()
    {
        await using var hub = await TestHub.ListenAsync();
        var email = await hub.LetInAsync(HubRoles.Admin);
        await using var window = await Browser.OpenAsync(hub, Screen.Desk);
        await window.GoAsync("/connexion");
        await SignInAsync(window, email);
        var page = window.Page;

        await page.Keyboard.PressAsync("?");
        Assert.True(await page.Locator("#keys").IsVisibleAsync());
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("/");
        Assert.Equal("search", await page.EvaluateAsync<string>("document.activeElement.id"));
        await page.Keyboard.PressAsync("Escape");
        await page.GotoAsync("/administration");
        await page.Keyboard.PressAsync("j");
        Assert.Equal(1, await page.Locator("tr.at").CountAsync());
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("h");
        await page.WaitForURLAsync("**/");
    }

    [Fact]
    public async Task The_theme_that_is_chosen_stays()
    {
        await using var hub = await TestHub.ListenAsync();
        var email = await hub.LetInAsync(HubRoles.Commercial);
        await using var window = await Browser.OpenAsync(hub, Screen.Desk);
        await window.GoAsync("/connexion");
        await SignInAsync(window, email);

        await window.Page.Locator("details.menu summary").ClickAsync();
        await window.Page.Locator("[data-theme=dark]").ClickAsync();
        await window.ShootAsync("menu");
        await window.Page.ReloadAsync();

        Assert.Equal("dark", await window.Page.EvaluateAsync<string>("document.documentElement.dataset.bsTheme"));
        await window.AssertSoundAsync();
    }

    private static async Task SignInAsync(BrowserWindow window, string email)
    {
        await window.Page.FillAsync("#email", email);
        await window.Page.FillAsync("#password", TestHub.Password);
        await window.Page.ClickAsync("button.btn-primary");
        await window.Page.WaitForURLAsync("**/", new() { WaitUntil = WaitUntilState.NetworkIdle });
    }
}
