using System.IO.Compression;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Activation;
using Rcu.Data;
using Rcu.Jobs;
using Rcu.Segmentation;
using Rcu.Web.Tests.Segmentation;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Pages;

/// <summary>The screens of segments and of activation, looked at as people look at them.</summary>
public class OutputPagesTests
{
    [Fact]
    public async Task Every_screen_of_segments_and_activation_is_sound_on_each_screen()
    {
        await using var hub = await TestHub.ListenAsync();
        await SignedIn.AddUserAsync(hub);
        var (segment, destination) = await FillAsync(hub);
        string[] pages =
        [
            "/segments", "/segments/nouveau", "/segments/nouveau?modele=decision_makers_idf", $"/segments/{segment}", $"/segments/{segment}/membres?qui=societe+1",
            "/activation", "/activation/nouvelle", "/activation/nouvelle?outil=hubspot", $"/activation/{destination}",
            $"/activation/{destination}/champs",
        ];

        await using var window = await Browser.OpenAsync(hub, Screen.Desk);
        await EnterAsync(window);
        await window.AssertSoundOnEveryScreenAsync(pages);
    }

    [Fact]
    public async Task A_segment_is_made_counted_and_saved_in_the_browser()
    {
        await using var hub = await TestHub.ListenAsync();
        await SignedIn.AddUserAsync(hub);
        await FillAsync(hub);
        await using var window = await Browser.OpenAsync(hub, Screen.Desk);
        await EnterAsync(window);

        await window.GoAsync("/segments/nouveau");
        await window.Page.FillAsync("#name", "Grands comptes");

        // A field answers once the page has taken it in: a choice made sooner than a hand can is nobody's.
        await window.Page.EvaluateAsync("() => document.body.addEventListener('htmx:afterSettle', () => document.body.dataset.settled = 'yes')");
        await window.Page.ClickAsync("button[value='add:0']");
        await window.Page.WaitForSelectorAsync("body[data-settled=yes]");
        await window.Page.SelectOptionAsync("[name='field:0.0']", "headcount");
        await window.Page.WaitForSelectorAsync("[name='how:0.0'] option[value='AtLeast']", new() { State = Microsoft.Playwright.WaitForSelectorState.Attached });
        await window.Page.SelectOptionAsync("[name='how:0.0']", "AtLeast");
        await window.Page.WaitForSelectorAsync("[name='how:0.0'] option[value='AtLeast'][selected]", new() { State = Microsoft.Playwright.WaitForSelectorState.Attached });
        await window.Page.FillAsync("[name='value:0.0']", "60");
        await window.Page.WaitForFunctionAsync("() => document.querySelector('.sentence').textContent.includes('60')");
        var counted = await window.Page.InnerTextAsync("#live-count");
        await window.Page.PressAsync("[name='value:0.0']", "Control+Enter");
        await window.Page.WaitForURLAsync(url => !url.EndsWith("nouveau", StringComparison.Ordinal));

        await using var db = HoledBase.Open(hub.ConnectionString);
        var saved = await db.Segments.SingleAsync(s => s.Name == "Grands comptes");
        Assert.Equal($"{saved.MemberCount}", counted);
        Assert.True(saved.MemberCount is > 0 and < 40);
        Assert.True(window.Troubles.Count == 0, string.Join("\n", window.Troubles));
    }

    [Fact]
    public async Task The_builder_works_by_plain_posts()
    {
        await using var hub = await TestHub.StartAsync();
        using var client = await SignedIn.ClientAsync(hub);
        await FillAsync(hub);
        KeyValuePair<string, string>[] rule =
        [
            new("name", "Parisiens"), new("target", "Accounts"), new("version", "0"), new("kind:0", "all"),
            new("kind:0.0", "compare"), new("field:0.0", "city"), new("how:0.0", "Is"), new("value:0.0", "Paris"),
        ];

        using var edited = await client.PostFormAsync("/segments/nouveau", "/segments/nouveau?handler=Edit", [.. rule, new("act", "group:0")]);
        using var saved = await client.PostFormAsync("/segments/nouveau", "/segments/nouveau", rule);

        var page = System.Net.WebUtility.HtmlDecode(await edited.Content.ReadAsStringAsync());
        Assert.Contains("Comptes dont Ville est « Paris ».", page, StringComparison.Ordinal);
        Assert.Contains("name=\"kind:0.1.0\"", page, StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.Redirect, saved.StatusCode);
        var export = await client.GetByteArrayAsync($"{saved.Headers.Location}/membres?handler=Export");
        Assert.StartsWith("\uFEFFIdentifiant;Nom;", System.Text.Encoding.UTF8.GetString(export), StringComparison.Ordinal);
        Assert.Contains(";PARIS;", System.Text.Encoding.UTF8.GetString(export), StringComparison.Ordinal);
        foreach (var what in new[] { "Export", "People" })
        {
            using var book = new ZipArchive(new MemoryStream(await client.GetByteArrayAsync($"{saved.Headers.Location}/membres?handler={what}&format=Xlsx")));
            using var sheet = new StreamReader(book.GetEntry("xl/worksheets/sheet1.xml")!.Open());
            Assert.Contains("Identifiant", await sheet.ReadToEndAsync(), StringComparison.Ordinal);
        }
    }

    private static async Task<(Guid Segment, Guid Destination)> FillAsync(TestHub hub)
    {
        await using var db = HoledBase.Open(hub.ConnectionString);
        await HoledBase.FillAsync(db);
        await using var scope = hub.Services.CreateAsyncScope();
        var segments = scope.ServiceProvider.GetRequiredService<Rcu.Segmentation.Segments>();
        var rule = new Condition.All([
            new Condition.Compare("region", Operator.Is, ["Grand Est"]),
            new Condition.Any([new Condition.Compare("revenue_12m", Operator.Above, ["5000"]), new Condition.Compare("engagement", Operator.AtLeast, ["10"])]),
            new Condition.Related("contacts", Quantifier.AtLeast, new Condition.All([new Condition.Compare("email_reach", Operator.Is, ["Allowed"])])),
        ]);
        var made = await segments.CreateAsync(new SaveSegment("Grand Est actifs", "Comptes actifs de l’Est", SegmentTarget.Accounts, rule), "test", default);
        var destinations = scope.ServiceProvider.GetRequiredService<Destinations>();
        var destination = await destinations.CreateAsync(
            new SaveDestination("Fichier du lundi", "csv", JsonSerializer.SerializeToElement(new { }), null, made.Value!.Id), "test", default);
        var run = new Run { Stage = "Activation", Subject = destination.Value!.Id, Label = "Fichier", RequestedBy = "test", QueuedAt = DateTimeOffset.UtcNow };
        var work = scope.ServiceProvider.GetRequiredService<RcuDb>();
        work.Runs.Add(run);
        await work.SaveChangesAsync();
        await scope.ServiceProvider.GetRequiredService<Push>().RunAsync(run.Id, progress: null, default);
        return (made.Value.Id, destination.Value.Id);
    }

    private static async Task EnterAsync(BrowserWindow window)
    {
        await window.GoAsync("/connexion?returnUrl=/segments");
        await window.Page.FillAsync("#email", SignedIn.Email);
        await window.Page.FillAsync("#password", SignedIn.Password);
        await window.Page.ClickAsync("main button");
        await window.Page.WaitForURLAsync(url => url.EndsWith("/segments", StringComparison.Ordinal));
    }
}
