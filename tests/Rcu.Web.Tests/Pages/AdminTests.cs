using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Jobs;
using Rcu.Security;
using Rcu.Web.Identity;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Pages;

public partial class AdminTests
{
    [Fact]
    public async Task A_new_user_comes_in_with_the_password_that_was_shown_once()
    {
        await using var hub = await TestHub.StartAsync();
        using var admin = await hub.SignInAsync(HubRoles.Admin);

        using var created = await admin.PostFormAsync(
            "/administration", "/administration?handler=Create", [new("Name", "Léa Petit"), new("Email", "lea@test.example"), new("Chosen", "Marketing")]);
        var password = Secret().Match(await created.Content.ReadAsStringAsync()).Groups[1].Value;
        using var lea = hub.NewBrowser();
        using var entered = await lea.PostFormAsync("/connexion", "/connexion", [new("email", "lea@test.example"), new("password", password)]);

        Assert.Equal("/", entered.Headers.Location!.ToString());
        Assert.DoesNotContain(password, await admin.ReadAsync("/administration"));
    }

    [Fact]
    public async Task The_last_administrator_cannot_shut_the_door_behind_them()
    {
        await using var hub = await TestHub.StartAsync();
        using var admin = await hub.SignInAsync(HubRoles.Admin);
        await using var scope = hub.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<Users>();
        var self = (await users.ListAsync(default)).Single();

        using var refused = await admin.PostFormAsync("/administration", $"/administration?id={self.Id}&handler=Disabled&disabled=True");

        Assert.Contains("dernier administrateur", await admin.ReadAsync(refused.Headers.Location!.ToString()));
        Assert.Null((await users.ListAsync(default)).Single().DisabledAt);
    }

    [Fact]
    public async Task A_key_is_shown_once_and_only_its_hash_is_kept()
    {
        await using var hub = await TestHub.StartAsync();
        using var admin = await hub.SignInAsync(HubRoles.Admin);

        using var created = await admin.PostFormAsync(
            "/administration/cles", "/administration/cles?handler=Create", [new("Name", "ERP"), new("Chosen", "accounts:read")]);
        var text = Secret().Match(await created.Content.ReadAsStringAsync()).Groups[1].Value;
        await using var scope = hub.Services.CreateAsyncScope();
        var keys = scope.ServiceProvider.GetRequiredService<ApiKeys>();
        var key = await keys.FindAsync(text, default);

        Assert.Matches("^rcu_live_[0-9a-f]{48}$", text);
        Assert.Equal(["accounts:read"], key!.Scopes);
        Assert.Null(await keys.FindAsync(text[..^1] + (text[^1] == '0' ? '1' : '0'), default));
        Assert.DoesNotContain(text, await admin.ReadAsync("/administration/cles"));

        using var revoked = await admin.PostFormAsync("/administration/cles", $"/administration/cles?id={key.Id}&handler=Revoke");
        Assert.Null(await keys.FindAsync(text, default));
    }

    [Fact]
    public async Task A_key_that_was_asked_wrongly_is_not_made()
    {
        await using var hub = await TestHub.StartAsync();
        using var admin = await hub.SignInAsync(HubRoles.Admin);

        using var refused = await admin.PostFormAsync(
            "/administration/cles", "/administration/cles?handler=Create", [new("Name", ""), new("Chosen", "everything:write")]);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("Aucune clé", await admin.ReadAsync("/administration/cles"));
    }

    [Fact]
    public async Task Changing_the_order_of_sources_computes_everything_again()
    {
        await using var hub = await TestHub.StartAsync();
        using var admin = await hub.SignInAsync(HubRoles.Admin);
        await using var scope = hub.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RcuDb>();
        var crm = new Source { Name = "crm", Label = "CRM", Priority = 10, CreatedAt = DateTimeOffset.UnixEpoch };
        var erp = new Source { Name = "erp", Label = "ERP", Priority = 20, CreatedAt = DateTimeOffset.UnixEpoch };
        db.AddRange(crm, erp);
        await db.SaveChangesAsync();
        await using var connection = new NpgsqlConnection(hub.ConnectionString);
        await connection.OpenAsync();
        await using var link = new NpgsqlCommand(
            """
            insert into links (record_id, kind, cluster_id, rule, probability, sentence, linked_at)
            values (gen_random_uuid(), 'Account', gen_random_uuid(), 'siren', 1, '', now())
            """,
            connection);
        await link.ExecuteNonQueryAsync();

        using var moved = await admin.PostFormAsync("/administration/sources", $"/administration/sources?id={erp.Id}&handler=Move&up=True");
        await using var stale = new NpgsqlCommand("select count(*) from stale_clusters", connection);

        Assert.Contains("ERP", await admin.ReadAsync(moved.Headers.Location!.ToString()));
        Assert.Equal(["erp", "crm"], db.Sources.OrderBy(s => s.Priority).Select(s => s.Name));
        Assert.Equal(1L, await stale.ExecuteScalarAsync());
        Assert.Equal(PipelineRuns.Stage, db.Runs.Single().Stage);
    }

    [Fact]
    public async Task A_run_that_waits_is_stopped_at_once_and_can_be_started_again()
    {
        await using var hub = await TestHub.StartAsync();
        using var admin = await hub.SignInAsync(HubRoles.Admin);
        await using var scope = hub.Services.CreateAsyncScope();
        var run = await scope.ServiceProvider.GetRequiredService<PipelineRuns>().RequestAsync("test", default);

        using var stopped = await admin.PostFormAsync("/administration/travaux", $"/administration/travaux?id={run.Id}&handler=Cancel");
        Assert.Contains("Arrêté", await admin.ReadAsync("/administration/travaux"));
        using var again = await admin.PostFormAsync("/administration/travaux", $"/administration/travaux?id={run.Id}&handler=Retry");

        Assert.Contains("En attente", await admin.ReadAsync("/administration/travaux"));
    }

    [GeneratedRegex("<code>([^<]+)</code>")]
    private static partial Regex Secret();
}
