using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Activation;
using Rcu.Security;
using Rcu.Segmentation;
using Rcu.Web.Identity;
using Rcu.Web.Tests.Segmentation;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Pages;

/// <summary>A tool that no longer lets the hub in is opened again from its own page, by whoever has its new secret.</summary>
public class NewSecretTests
{
    private const string Lost = "L’outil refuse nos identifiants (401).";
    private const string Form = "handler=Renew";

    [Fact]
    public async Task A_tool_that_lost_its_key_takes_the_new_one_on_its_page_and_no_page_shows_it()
    {
        await using var hub = await TestHub.StartAsync();
        using var marketer = await hub.SignInAsync(HubRoles.Marketing);
        await using var scope = hub.Services.CreateAsyncScope();
        var id = await ConnectAsync(scope.ServiceProvider, "brevo", new { listId = 12 }, "xkeysib-ancienne");
        var page = $"/activation/{id}";

        var healthy = await marketer.ReadAsync(page);
        await LoseAsync(hub, id);
        var lost = await marketer.ReadAsync(page);
        using var nothing = await marketer.PostFormAsync(page, $"{page}?{Form}", new KeyValuePair<string, string>("Secret", "  "));
        var why = await marketer.ReadAsync(page);
        using var renewed = await marketer.PostFormAsync(page, $"{page}?{Form}", new KeyValuePair<string, string>("Secret", " xkeysib-nouvelle "));
        var after = await marketer.ReadAsync(page);
        await using var db = HoledBase.Open(hub.ConnectionString);
        var kept = await db.Destinations.SingleAsync(d => d.Id == id);

        Assert.DoesNotContain(Form, healthy, StringComparison.Ordinal);
        Assert.Contains(Form, lost, StringComparison.Ordinal);
        Assert.Contains(Lost, lost, StringComparison.Ordinal);
        Assert.Contains("Clé d’API (v3)", lost, StringComparison.Ordinal);
        Assert.Contains("donnez celui qu’il a créé", why, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, renewed.StatusCode);
        Assert.Contains("Nouveau secret enregistré", after, StringComparison.Ordinal);
        Assert.DoesNotContain(Form, after, StringComparison.Ordinal);
        Assert.DoesNotContain("xkeysib", after, StringComparison.Ordinal);
        Assert.Equal((DestinationState.Healthy, null), (kept.State, kept.StateReason));
        Assert.DoesNotContain("nouvelle", kept.Secret, StringComparison.Ordinal);
        Assert.Equal("xkeysib-nouvelle", scope.ServiceProvider.GetRequiredService<ISecrets>().Open(kept.Secret!));
        Assert.Equal(12, kept.Settings.GetProperty("listId").GetInt32());
    }

    [Fact]
    public async Task A_server_s_key_keeps_its_lines_and_who_does_not_activate_renews_nothing()
    {
        await using var hub = await TestHub.StartAsync();
        using var marketer = await hub.SignInAsync(HubRoles.Marketing);
        using var seller = await hub.SignInAsync(HubRoles.Commercial);
        await using var scope = hub.Services.CreateAsyncScope();
        var id = await ConnectAsync(
            scope.ServiceProvider, "drop", new { folder = "depots", host = "sftp.exemple.example", user = "rcu", hostKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHN0dWI" }, "ancienne");
        var page = $"/activation/{id}";
        await LoseAsync(hub, id);

        var form = await marketer.ReadAsync(page);
        using var refused = await seller.PostFormAsync("/comptes", $"{page}?{Form}", new KeyValuePair<string, string>("Secret", "volée"));
        var secrets = scope.ServiceProvider.GetRequiredService<ISecrets>();
        var before = await SecretAsync(hub, id);
        using var renewed = await marketer.PostFormAsync(page, $"{page}?{Form}", new KeyValuePair<string, string>("Secret", "-----BEGIN\r\nligne\r\n-----END\r\n"));

        Assert.Matches("<textarea[^>]*name=\"Secret\"", form);
        Assert.Equal("ancienne", secrets.Open(before));
        Assert.Equal("-----BEGIN\r\nligne\r\n-----END", secrets.Open(await SecretAsync(hub, id)));
    }

    private static async Task<Guid> ConnectAsync(IServiceProvider services, string kind, object settings, string secret)
    {
        var segment = await services.GetRequiredService<Segments>().CreateAsync(
            new SaveSegment("Tous", null, SegmentTarget.Contacts, new Condition.Compare("sources", Operator.Is, ["crm"])), "test", default);
        var made = await services.GetRequiredService<Destinations>().CreateAsync(
            new SaveDestination("Outil", kind, JsonSerializer.SerializeToElement(settings), secret, segment.Value!.Id), "test", default);
        return made.Value!.Id;
    }

    private static async Task LoseAsync(TestHub hub, Guid id)
    {
        await using var db = HoledBase.Open(hub.ConnectionString);
        await db.Destinations.Where(d => d.Id == id).ExecuteUpdateAsync(
            d => d.SetProperty(x => x.State, DestinationState.CredentialsNeeded).SetProperty(x => x.StateReason, Lost));
    }

    private static async Task<string> SecretAsync(TestHub hub, Guid id)
    {
        await using var db = HoledBase.Open(hub.ConnectionString);
        return (await db.Destinations.SingleAsync(d => d.Id == id)).Secret!;
    }
}
