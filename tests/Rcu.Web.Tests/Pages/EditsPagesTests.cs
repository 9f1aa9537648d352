using System.Net;
using Rcu.Ingestion;
using Rcu.Web.Identity;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Pages;

/// <summary>Notes and corrections, typed on the page of an account.</summary>
public class EditsPagesTests
{
    [Fact]
    public async Task A_note_is_typed_and_read_on_the_same_page()
    {
        await using var hub = await TestHub.ListenAsync();
        var samples = await SampleCustomers.AddToAsync(hub.ConnectionString);
        await using (var db = samples.Open())
        {
            await KnownFeeds.DeclareAsync(db, TimeProvider.System, default);
        }

        await SignedIn.AddUserAsync(hub);
        foreach (var screen in Screen.All)
        {
            await using var window = await Browser.OpenAsync(hub, screen);
            await SignedIn.EnterAsync(window);
            await window.GoAsync($"/comptes/{samples.First.Account.Id}");
            await window.ShootAsync($"account-{screen.Name}");
            foreach (var closed in await window.Page.Locator("details.typed > summary").AllAsync())
            {
                await closed.ClickAsync();
            }

            await window.AssertSoundAsync();
            await window.ShootAsync($"account-forms-{screen.Name}");

            await window.Page.FillAsync("#note-text", $"Vu au salon, {screen.Name}");
            await window.Page.ClickAsync("form:has(#note-text) button");
            await window.Page.WaitForSelectorAsync(".notice-good");

            Assert.Contains($"Vu au salon, {screen.Name}", await window.Page.InnerTextAsync(".event-text >> nth=0"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_value_that_cannot_be_read_is_refused_in_place()
    {
        await using var hub = await TestHub.StartAsync();
        var page = $"/comptes/{(await SampleCustomers.AddToAsync(hub.ConnectionString)).First.Account.Id}";
        using var client = await SignedIn.ClientAsync(hub, HubRoles.Commercial);

        using var answer = await client.PostFormAsync(page, $"{page}?handler=Edit", new("field", "phone"), new("value", "le matin"), new("version", "1"));

        var html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("« le matin » n'est pas un numéro de téléphone.", html, StringComparison.Ordinal);
        Assert.Contains("value=\"le matin\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_only_reads_is_shown_no_form()
    {
        await using var hub = await TestHub.StartAsync();
        var page = $"/comptes/{(await SampleCustomers.AddToAsync(hub.ConnectionString)).First.Account.Id}";
        using var client = await SignedIn.ClientAsync(hub, HubRoles.Marketing);

        var html = await client.GetStringAsync(page);

        Assert.DoesNotContain("details class=\"typed\"", html, StringComparison.Ordinal);
    }
}
