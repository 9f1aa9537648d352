using System.Net;
using Rcu.Web.Identity;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Pages;

/// <summary>Where one value comes from, what it was, and who may lock it.</summary>
public class ProvenancePagesTests
{
    [Fact]
    public async Task A_field_and_a_past_day_are_sound_on_every_screen()
    {
        await using var hub = await TestHub.ListenAsync();
        var account = (await SampleCustomers.AddToAsync(hub.ConnectionString)).First.Account;
        await SignedIn.AddUserAsync(hub);
        await using var window = await Browser.OpenAsync(hub, Screen.Desk);
        await SignedIn.EnterAsync(window);
        await window.GoAsync($"/comptes/{account.Id}?onglet=sources");
        await window.Page.ClickAsync($"a[href$='/valeur/{account.Origins.Keys.First()}']");
        await window.Page.WaitForSelectorAsync(".lock-form");

        Assert.Empty(await window.TroublesOnEveryScreenAsync());
        await window.AssertSoundOnEveryScreenAsync($"/comptes/{account.Id}/passe?tout=true");
        Assert.Empty(window.Troubles);
    }

    [Fact]
    public async Task A_reader_sees_the_history_and_locks_nothing()
    {
        await using var hub = await TestHub.StartAsync();
        var account = (await SampleCustomers.AddToAsync(hub.ConnectionString)).First.Account;
        var page = $"/comptes/{account.Id}/valeur/{account.Origins.Keys.First()}";
        using var client = await SignedIn.ClientAsync(hub, HubRoles.Commercial);

        var html = await client.GetStringAsync(page);
        using var refused = await client.PostFormAsync($"/comptes/{account.Id}", page, new("choice", "=1"), new("reason", "parce que"));
        using var unknown = await client.GetAsync($"/comptes/{account.Id}/valeur/rien");
        using var nobody = await client.GetAsync($"/comptes/{Guid.Empty}/passe");

        Assert.DoesNotContain("lock-form", html, StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.OK, refused.StatusCode);
        Assert.DoesNotContain("/valeur/", refused.Headers.Location?.ToString() ?? "", StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (unknown.StatusCode, nobody.StatusCode));
    }
}
