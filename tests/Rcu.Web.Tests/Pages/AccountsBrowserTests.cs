using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Pages;

/// <summary>The pages on customers, looked at in light, in the dark and on a phone.</summary>
public class AccountsBrowserTests
{
    [Fact]
    public async Task Every_screen_on_customers_is_sound()
    {
        await using var hub = await TestHub.ListenAsync();
        var first = (await SampleCustomers.AddToAsync(hub.ConnectionString)).First;
        await SignedIn.AddUserAsync(hub);
        var account = $"/comptes/{first.Account.Id}";
        string[] pages =
        [
            "/comptes", "/comptes?q=introuvable", account, $"{account}?onglet=contacts", $"{account}?onglet=etablissements", $"{account}?onglet=ventes",
            $"{account}?onglet=segments", $"{account}?onglet=sources", "/contacts", $"/contacts/{first.Contacts[0].Id}", "/recherche?q=generale",
        ];

        await using var window = await Browser.OpenAsync(hub, Screen.Desk);
        await SignedIn.EnterAsync(window);
        await window.AssertSoundOnEveryScreenAsync(pages);
    }

    [Fact]
    public async Task What_a_salesperson_asks_is_answered_without_scrolling()
    {
        await using var hub = await TestHub.ListenAsync();
        var first = (await SampleCustomers.AddToAsync(hub.ConnectionString)).First;
        await SignedIn.AddUserAsync(hub);
        await using var window = await Browser.OpenAsync(hub, Screen.Desk);
        await SignedIn.EnterAsync(window);

        await window.GoAsync($"/comptes/{first.Account.Id}");
        await window.ShootAsync("account");

        string[] answers =
        [
            ".call-who", ".call-number", ".card-notables li:last-child", ".figures div:last-child", "[data-copy='" + first.Siren.Value + "']",
            "#opportunites li:last-child", ".tabs", ".event",
        ];
        foreach (var answer in answers)
        {
            var box = await window.Page.Locator(answer).First.BoundingBoxAsync();
            Assert.True(box is { Y: >= 0 } && box.Y + box.Height <= 900, $"{answer}: {box?.Y}");
        }
    }

    [Fact]
    public async Task Tabs_change_in_place_and_search_opens_by_the_keyboard()
    {
        await using var hub = await TestHub.ListenAsync();
        var first = (await SampleCustomers.AddToAsync(hub.ConnectionString)).First;
        await SignedIn.AddUserAsync(hub);
        await using var window = await Browser.OpenAsync(hub, Screen.Desk);
        await SignedIn.EnterAsync(window);
        await window.GoAsync($"/comptes/{first.Account.Id}");

        await window.Page.Locator(".tabs a").Nth(3).ClickAsync();
        await window.Page.Locator(".months").WaitForAsync();
        await window.AssertSoundAsync();
        await window.Page.Locator("#search").PressSequentiallyAsync("zoe etienne");
        await window.Page.Locator("#search-results [aria-selected=true]").WaitForAsync();
        await window.AssertSoundAsync();
        await window.Page.Keyboard.PressAsync("Enter");
        await window.Page.WaitForURLAsync("**/contacts/*");

        Assert.Contains("Zoé Étienne", await window.Page.InnerTextAsync("h1"), StringComparison.Ordinal);

        // The palette: a record, then what can be done with it.
        await window.Page.Keyboard.PressAsync("Control+k");
        await window.Page.Locator("#palette-results [role=option]").First.WaitForAsync();
        await window.AssertSoundAsync();
        await window.Page.Keyboard.TypeAsync(first.Siren.Display);
        await window.Page.Locator($"#palette-results [aria-selected=true][href='/comptes/{first.Account.Id}']").WaitForAsync();
        await window.Page.Keyboard.PressAsync("Tab");
        await window.Page.Locator("#palette-results [data-level]").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Attached });
        await window.AssertSoundAsync();
        await window.Page.Keyboard.PressAsync("ArrowDown");
        await window.Page.Keyboard.PressAsync("Enter");
        await window.Page.WaitForURLAsync("**/comptes/*#faire-n");

        Assert.Equal("note-text", await window.Page.Locator("details.typed[open] textarea").GetAttributeAsync("id"));
    }
}
