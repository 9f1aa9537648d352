using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Ingestion;
using Rcu.Jobs;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Pages;

/// <summary>Doublons and Imports as a steward sees them: in light, in the dark and on a phone, and by the keyboard.</summary>
public class StewardBrowserTests
{
    [Fact]
    public async Task Every_screen_of_a_steward_is_sound()
    {
        await using var desk = await StewardDesk.OpenAsync(listening: true);
        var import = await ImportAsync(desk);
        string[] pages =
        [
            "/doublons", "/doublons?motif=mail", $"/doublons/{desk.Pairs[0].Id}", $"/doublons/{desk.Pairs[2].Id}", "/doublons/lot", "/doublons/fusion?q=transports", "/doublons/historique",
            "/doublons/priorites?essai=true", $"/doublons?groupe={desk.Pairs[0].Id}", "/fusions", "/doublons/seuils", "/doublons/suspects", "/doublons/separations",
            "/imports", "/imports/nouveau", $"/imports/{import}", $"/imports/{import}/annuler",
        ];

        await using var window = await EnterAsync(desk, Screen.Desk);
        await window.AssertSoundOnEveryScreenAsync(pages);
    }

    [Fact]
    public async Task A_steward_judges_by_the_keyboard()
    {
        await using var desk = await StewardDesk.OpenAsync(listening: true);
        await using var window = await EnterAsync(desk, Screen.Desk);
        await window.GoAsync("/doublons");
        await window.Page.Keyboard.PressAsync("n");
        await window.Page.WaitForURLAsync($"**/doublons/{desk.Pairs[0].Id}*");
        await window.Page.Keyboard.PressAsync("2");
        await window.Page.Keyboard.PressAsync("ArrowDown");
        await window.Page.Keyboard.PressAsync("ArrowLeft");
        var picked = await window.Page.Locator("input[name='pick[postal_code]']:checked").GetAttributeAsync("value");
        await window.Page.Keyboard.PressAsync("r");
        var edited = await window.Page.EvaluateAsync<string>("document.activeElement.name");
        await window.Page.Keyboard.PressAsync("Escape");

        await window.Page.Keyboard.PressAsync("m");
        await window.Page.WaitForURLAsync($"**/doublons/{desk.Pairs[1].Id}*");
        await window.Page.Keyboard.PressAsync("z");
        await window.Page.WaitForURLAsync($"**/doublons/{desk.Pairs[0].Id}*");
        await window.Page.Keyboard.PressAsync("?");
        await window.Page.WaitForURLAsync($"**/doublons/{desk.Pairs[1].Id}*");
        await window.Page.Keyboard.PressAsync("j");
        await window.Page.WaitForURLAsync($"**/doublons/{desk.Pairs[2].Id}*");

        await window.Page.Keyboard.PressAsync("l");

        Assert.Equal("left", picked);
        Assert.Equal("value[postal_code]", edited);
        Assert.Equal("nature", await window.Page.EvaluateAsync<string>("document.activeElement.name"));
        Assert.True(await window.Page.Locator("button[value=Same]").IsDisabledAsync());
        Assert.Empty(window.Troubles);
    }

    private static async Task<BrowserWindow> EnterAsync(StewardDesk desk, Screen screen)
    {
        var window = await Browser.OpenAsync(desk.Hub, screen);
        await window.GoAsync("/connexion");
        await window.Page.FillAsync("#email", StewardDesk.Email);
        await window.Page.FillAsync("#password", StewardDesk.Password);
        await window.Page.ClickAsync("main button");
        await window.Page.WaitForURLAsync(url => !url.Contains("connexion", StringComparison.Ordinal));
        return window;
    }

    private static async Task<Guid> ImportAsync(StewardDesk desk)
    {
        await using var scope = desk.Hub.Services.CreateAsyncScope();
        var content = new MemoryStream(Encoding.UTF8.GetBytes("Account ID,Account Name,SIRET,Billing City\nA1,Garage,,Metz\n,Sans clé,,Nancy\nA2,Noël,,Lyon\n"));
        var run = await scope.ServiceProvider.GetRequiredService<Imports>().ReceiveAsync(new("crm_accounts.csv", null, "léa"), content, default);
        await scope.ServiceProvider.GetRequiredKeyedService<IJob>(nameof(IngestJob)).RunAsync(run.Value, default);
        return run.Value;
    }
}
