using Microsoft.Playwright;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Pages;

/// <summary>What a person is told of a piece of page that is long, that fails, or that the network keeps from coming.</summary>
public class WaitingTests
{
    private const string Part = "**/comptes/*onglet=ventes*";

    [Fact]
    public async Task A_tab_that_is_long_can_be_left_one_that_fails_can_be_asked_again_and_a_lost_network_loses_nothing_typed()
    {
        await using var hub = await TestHub.ListenAsync();
        var first = (await SampleCustomers.AddToAsync(hub.ConnectionString)).First;
        await SignedIn.AddUserAsync(hub);
        await using var window = await Browser.OpenAsync(hub, Screen.Desk);
        await SignedIn.EnterAsync(window);
        var page = window.Page;
        await window.GoAsync($"/comptes/{first.Account.Id}");
        var tab = page.Locator(".tabs a[href*='onglet=ventes']");

        // Long: its shape, then a way out, which leaves what was there.
        var answered = new TaskCompletionSource();
        await page.RouteAsync(Part, async route =>
        {
            await answered.Task;
            await route.AbortAsync();
        });
        await tab.ClickAsync();
        await page.Locator("#tabs[aria-busy=true] > .zone-waiting").WaitForAsync();
        var leave = page.Locator(".zone-waiting button");
        await leave.WaitForAsync();
        Assert.Empty(await window.TroublesOnEveryScreenAsync());
        await leave.ClickAsync();
        await page.Locator(".zone-waiting").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.Equal(0, await page.Locator("[aria-busy=true], .zone-failed").CountAsync());
        Assert.True(await page.Locator(".event").First.IsVisibleAsync());
        answered.SetResult();
        await page.UnrouteAsync(Part);

        // Failed: the rest of the page stays, and the part is asked for again in its place.
        await page.RouteAsync(Part, route => route.FulfillAsync(new() { Status = 503, Body = "" }));
        await tab.ClickAsync();
        var again = page.Locator(".zone-failed button");
        await again.WaitForAsync();
        Assert.Contains("503", await page.InnerTextAsync(".zone-failed"), StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator(".notice-bad").CountAsync());
        Assert.Empty(await window.TroublesOnEveryScreenAsync());
        await page.UnrouteAsync(Part);
        await again.ClickAsync();
        await page.Locator(".months").WaitForAsync();
        Assert.Equal(0, await page.Locator(".zone-failed").CountAsync());

        // Gone: it is said, and a form that would be sent nowhere keeps what it holds.
        await window.GoAsync("/comptes");
        await page.FillAsync("#search", "garnier");
        var before = page.Url;
        await page.Context.SetOfflineAsync(true);
        await page.Locator("#offline").WaitForAsync();
        await page.EvaluateAsync("document.querySelector('#search').form.requestSubmit()");
        Assert.Empty(await window.TroublesOnEveryScreenAsync());
        Assert.Equal((before, "garnier"), (page.Url, await page.InputValueAsync("#search")));
        await page.Context.SetOfflineAsync(false);
        await page.Locator("#offline").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
    }
}
