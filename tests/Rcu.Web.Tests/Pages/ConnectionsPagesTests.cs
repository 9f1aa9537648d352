using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Data;
using Rcu.Ingestion.Pulling;
using Rcu.Jobs;
using Rcu.Security;
using Rcu.Web.Identity;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Pages;

/// <summary>A person plugs a source in, tries it, reads it, sees why a row was set aside, and takes a reading back: by forms alone.</summary>
public partial class ConnectionsPagesTests
{
    [Fact]
    public async Task Every_kind_has_a_form_made_of_its_settings_with_words_for_each()
    {
        await using var hub = await TestHub.StartAsync();
        using var admin = await hub.SignInAsync(HubRoles.Admin);
        await using var scope = hub.Services.CreateAsyncScope();
        var kinds = scope.ServiceProvider.GetRequiredService<SourceConnections>().Kinds;

        var empty = await admin.ReadAsync("/connexions");

        Assert.Contains("Aucune connexion", empty, StringComparison.Ordinal);
        foreach (var kind in kinds)
        {
            var form = await admin.ReadAsync($"/connexions/nouvelle?type={kind}");
            Assert.NotEmpty(SettingInput().Matches(form));
            Assert.DoesNotMatch(WordlessLabel(), form);
            Assert.DoesNotContain(">setting.", form, StringComparison.Ordinal);
            Assert.DoesNotContain(">connection.", form, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Messages_are_plugged_in_read_and_taken_back()
    {
        await using var hub = await TestHub.StartAsync();
        using var admin = await hub.SignInAsync(HubRoles.Admin);

        using var made = await admin.PostFormAsync(
            "/connexions/nouvelle?type=webhook", "/connexions/nouvelle",
            [new("Kind", "webhook"), new("Name", "Formulaires"), new("Source", "formulaires"), new("RecordKind", "Contact"), new("KeyColumns", "id"), new("Mapping", "email = email\nfamily_name = nom")]);
        var page = made.Headers.Location!.ToString();
        var once = await admin.ReadAsync(page);
        var secret = Shown().Match(once).Groups[1].Value;
        using var kept = await PostAsync(hub, page, secret, """{"id":"L1","email":"lea@vasseur-bat.fr","nom":"Moreau"}""");
        using var bad = await PostAsync(hub, page, secret, """{"nom":"Sans clé"}""");
        await WorkAsync(hub);
        var read = await admin.ReadAsync(page);
        var run = UndoLink().Match(read).Groups[1].Value;
        var asked = await admin.ReadAsync($"{page}?annuler={run}");
        using var undone = await admin.PostFormAsync(page, $"{page}?handler=Undo", [new("run", run)]);
        var after = await admin.ReadAsync(page);

        Assert.StartsWith(WebhookSignature.Prefix, secret, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, read, StringComparison.Ordinal);
        Assert.Equal([HttpStatusCode.Accepted, HttpStatusCode.Accepted], new[] { kept.StatusCode, bad.StatusCode });
        Assert.Contains("La clé de la ligne est vide.", read, StringComparison.Ordinal);
        Assert.Contains("apportées par cette seule lecture", asked, StringComparison.Ordinal);
        Assert.Contains("La lecture est annulée.", after, StringComparison.Ordinal);
        Assert.DoesNotContain($"annuler={run}", after, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync(hub));
    }

    [Fact]
    public async Task A_connection_is_tried_paused_and_changed_and_its_secret_and_mapping_stay_when_nothing_is_said_of_them()
    {
        await using var hub = await TestHub.StartAsync();
        using var admin = await hub.SignInAsync(HubRoles.Admin);
        KeyValuePair<string, string>[] fields =
        [
            new("Kind", "postgres"), new("Name", "ERP"), new("Source", "erp2"), new("RecordKind", "Account"), new("KeyColumns", "id"), new("Mapping", "name = nom\r\ncity = ville"),
            new("settings.host", "localhost"), new("settings.port", "1"), new("settings.database", "erp"), new("settings.user", "rcu"), new("settings.keys", "id, site"),
            new("settings.table", "public.clients"), new("EveryMinutes", "15"),
        ];

        using var made = await admin.PostFormAsync("/connexions/nouvelle?type=postgres", "/connexions/nouvelle", [.. fields, new("Secret", "s3cret")]);
        var page = made.Headers.Location!.ToString();
        var id = page.Split('/')[^1];
        using var tried = await admin.PostFormAsync(page, $"{page}?handler=Test");
        var told = await admin.ReadAsync(page);
        using var paused = await admin.PostFormAsync(page, $"{page}?handler=Pause");
        var stopped = await admin.ReadAsync(page);
        var form = await admin.ReadAsync($"/connexions/nouvelle?id={id}");
        using var changed = await admin.PostFormAsync($"/connexions/nouvelle?id={id}", "/connexions/nouvelle", [.. fields, new("Id", id), new("settings.tls", "true"), new("StaleAfterHours", "24")]);
        using var wrong = await admin.PostFormAsync($"/connexions/nouvelle?id={id}", "/connexions/nouvelle", [.. fields.Where(f => f.Key != "settings.host"), new("Id", id)]);
        await using var scope = hub.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RcuDb>();
        var connection = await db.SourceConnections.SingleAsync();

        Assert.Contains("La source n’est pas prête", told, StringComparison.Ordinal);
        Assert.Contains("n’est pas publique", told, StringComparison.Ordinal);
        Assert.Contains("Suspendue", stopped, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", form, StringComparison.Ordinal);
        Assert.Contains("value=\"id, site\"", form, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.UnprocessableEntity), (changed.StatusCode, wrong.StatusCode));
        Assert.Equal((24, true), (connection.StaleAfterHours, connection.Settings.GetProperty("tls").GetBoolean()));
        Assert.Equal("s3cret", scope.ServiceProvider.GetRequiredService<ISecrets>().Open(connection.Secret!));
        Assert.Equal(1, await db.Feeds.CountAsync(f => f.Name == "erp2_postgres"));
    }

    private static async Task<HttpResponseMessage> PostAsync(TestHub hub, string page, string secret, string body)
    {
        using var client = hub.NewBrowser();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/hooks/{page.Split('/')[^1]}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("x-rcu-signature", WebhookSignature.SignPlainly(secret, DateTimeOffset.UtcNow, Encoding.UTF8.GetBytes(body)));
        return await client.SendAsync(request);
    }

    private static async Task WorkAsync(TestHub hub)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        var run = await scope.ServiceProvider.GetRequiredService<RcuDb>().Runs.SingleAsync(r => r.Stage == PullJob.Stage);
        await scope.ServiceProvider.GetRequiredKeyedService<IJob>(nameof(PullJob)).RunAsync(run.Id, default);
    }

    private static async Task<int> CountAsync(TestHub hub)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RcuDb>().Records.CountAsync(r => r.RemovedAt == null);
    }

    [GeneratedRegex("name=\"settings\\.\\w+\"")]
    private static partial Regex SettingInput();

    [GeneratedRegex("<label[^>]*>\\s*(<input[^>]*>)?\\s*</label>")]
    private static partial Regex WordlessLabel();

    [GeneratedRegex("<code>(whsec_[^<]+)</code>")]
    private static partial Regex Shown();

    [GeneratedRegex("annuler=([0-9a-f-]{36})")]
    private static partial Regex UndoLink();
}
