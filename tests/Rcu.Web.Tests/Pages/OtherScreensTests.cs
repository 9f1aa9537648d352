using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Rcu.Customers;
using Rcu.Ingestion;
using Rcu.Ingestion.Pulling;
using Rcu.Insight.Boards;
using Rcu.Insight.Computed;
using Rcu.Resolution;
using Rcu.Security;
using Rcu.Segmentation;
using Rcu.Segmentation.Plan;
using Rcu.Web.Identity;
using Rcu.Web.Tests.Resolution;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Pages;

/// <summary>The screens no test of their own looks at, on the demonstration's data: by day, by night and on a phone.</summary>
public class OtherScreensTests
{
    [Fact]
    public async Task Every_screen_beside_an_account_is_sound()
    {
        await using var hub = await TestHub.ListenAsync();
        var first = (await SampleCustomers.AddToAsync(hub.ConnectionString)).First;
        await SignedIn.AddUserAsync(hub);
        await using var window = await Browser.OpenAsync(hub, Screen.Desk);
        await SignedIn.EnterAsync(window);
        var (id, person) = (first.Account.Id, first.Contacts[0].Id);

        await window.AssertSoundOnEveryScreenAsync(
            $"/comptes/{id}/carte", $"/comptes/{id}/groupe", $"/comptes/{id}/courrier", $"/comptes/{id}/visite", $"/comptes/{id}/champ/phone",
            $"/contacts/{person}/relations", $"/contacts/{person}/champ/phone", "/taches");
        await window.GoAsync($"/comptes/{id}/carte");
        await window.Page.ClickAsync("main form:not([action*=Allow]) button");
        await window.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var card = await window.Page.Locator("main").EvaluateAsync<string>("main => /\\/carte\\/([\\w.-]{20,})/.exec(main.innerHTML)[1]");
        await window.AssertSoundOnEveryScreenAsync($"/carte/{card}");
    }

    [Fact]
    public async Task Every_screen_on_quality_and_on_rules_is_sound()
    {
        await using var hub = await TestHub.ListenAsync(await DemoHub.CopyDatabaseAsync());
        await SignedIn.AddUserAsync(hub);
        await using var window = await Browser.OpenAsync(hub, Screen.Desk);
        await SignedIn.EnterAsync(window);

        await window.AssertSoundOnEveryScreenAsync(
            "/qualite", "/qualite/anomalies", "/qualite/corrections", "/qualite/courrier", "/qualite/facturation", "/qualite/moi", "/qualite/naf-2025",
            "/qualite/contributeurs", "/qualite/regles", "/qualite/regles/nouvelle");
    }

    [Fact]
    public async Task Every_screen_of_the_register_of_connections_and_of_developers_is_sound()
    {
        await using var hub = await TestHub.ListenAsync(await DemoHub.CopyDatabaseAsync());
        await SignedIn.AddUserAsync(hub);
        await using var db = SampleCustomers.Open(hub.ConnectionString);
        var link = await db.Links.FirstAsync(l => l.Kind == ClusterKind.Account);
        var nameless = await db.Accounts.Where(a => a.Siren == null).Select(a => a.Id).FirstAsync();
        var suspect = Guid.CreateVersion7();
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into suspects (id, kind, cluster_id, record_ids, doubt, fit, parted_record_ids, resolution_id, judgement, found_at)
            values ({suspect}, 'Account', {link.ClusterId}, array[{link.RecordId}], 'large', 1, array[]::uuid[], gen_random_uuid(), 'Undecided', now())
            """);
        await db.Database.ExecuteSqlAsync(
            $"insert into register_searches (account_id, asked, best, lead, candidates, searched_at) values ({nameless}, 'essai', 0, 0, '[]', now())");
        await using var scope = hub.Services.CreateAsyncScope();
        var made = (await scope.ServiceProvider.GetRequiredService<SourceConnections>().CreateAsync(
            new SaveSourceConnection(
                "Formulaires", "webhook", "formulaires", JsonSerializer.SerializeToElement(new { }),
                Mapping: new SourceMapping(RecordKind.Contact, ["id"], new Dictionary<string, string> { ["email"] = "email" }),
                Secret: WebhookSignature.NewSecret()), "essai", default)).Value!.Id;
        await using var window = await Browser.OpenAsync(hub, Screen.Desk);
        await SignedIn.EnterAsync(window);

        await window.AssertSoundOnEveryScreenAsync(
            "/registre", $"/registre/comptes/{nameless}", "/registre/recherche?q=garage", "/registre/suivi", "/registre/historique",
            "/registre/propositions", $"/fusions/Account/{link.ClusterId}", $"/doublons/suspects/{suspect}", $"/doublons/separer?kind=Account&recordId={link.RecordId}",
            "/connexions", $"/connexions/{made}", "/connexions/nouvelle", "/connexions/nouvelle?type=webhook", "/developpeurs", "/developpeurs/reference");
    }

    [Fact]
    public async Task Every_screen_of_analysis_is_sound()
    {
        await using var hub = await TestHub.ListenAsync(await DemoHub.CopyDatabaseAsync());
        await SignedIn.AddUserAsync(hub);
        await FillPlanAsync(hub);
        await using var window = await Browser.OpenAsync(hub, Screen.Desk);
        await SignedIn.EnterAsync(window);

        await window.AssertSoundOnEveryScreenAsync(
            "/analyse/leads?periode=tout", "/analyse/marche", "/analyse/liste/invoiced?periode=tout", "/analyse/calculs",
            "/analyse/calculs/edition/1", "/analyse/campagnes", "/analyse/parcours?periode=tout", "/analyse/personas", "/analyse/plan?number=1", "/analyse/score", "/analyse/valeur");
    }

    // A rule of the plan, a campaign, a persona and an attribute: what these pages are for.
    private static async Task FillPlanAsync(TestHub hub)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        var segment = await scope.ServiceProvider.GetRequiredService<Rcu.Segmentation.Segments>().CreateAsync(
            new SaveSegment("Clients lorrains à relancer avant la fin de l’année", null, SegmentTarget.Accounts, new Condition.All([])), "essai", default);
        await scope.ServiceProvider.GetRequiredService<PlanRules>().CreateAsync(
            new SavePlanRule(
                "Rappeler sous deux jours qui envoie un formulaire", new PlanTrigger(PlanCase.Done, segment.Value!.Id, "form_sent"),
                new PlanAct(PlanActKind.Task, "Rappeler", 2, SignedIn.Email)), "essai", default);
        await scope.ServiceProvider.GetRequiredService<Personas>().CreateAsync(
            new SavePersona("Le patron de PME", "Décide seul, vite, au téléphone.", segment.Value.Id, "Un délai tenu."), "essai", default);
        await scope.ServiceProvider.GetRequiredService<ComputedAttributes>().CreateAsync(
            new SaveComputed("CA 12 mois payé", "Cibler les réassorts", new Formula(ComputedLevel.Account, ComputedMeasure.Sum, "invoices", "net", 365)), "essai", default);
        await scope.ServiceProvider.GetRequiredService<Campaigns>().CreateAsync(
            new SaveCampaign("Salon d’automne", "event", new DateOnly(2026, 1, 5), null, 12_000, "Cent rendez-vous"), "essai", default);
    }

    [Fact]
    public async Task Every_step_of_a_file_that_is_prepared_is_sound_and_so_is_the_first_screen_of_all()
    {
        await using var hub = await TestHub.ListenAsync();
        await using var window = await Browser.OpenAsync(hub, Screen.Desk);
        await window.AssertSoundOnEveryScreenAsync("/installation");
        await using (var db = SampleCustomers.Open(hub.ConnectionString))
        {
            await KnownFeeds.DeclareAsync(db, TimeProvider.System, default);
        }

        await SignedIn.AddUserAsync(hub, HubRoles.Steward);
        await SignedIn.EnterAsync(window);
        await window.GoAsync("/imports/nouveau");
        await window.Page.SetInputFilesAsync("#file", new FilePayload
        {
            Name = "clients.csv",
            MimeType = "text/csv",
            Buffer = "Code;Raison sociale;SIRET;Ville\nC1;Garage Noël;73282932000074;Metz\nC2;Transports Peltier;5,52E+13;Lyon\n"u8.ToArray(),
        });
        await window.Page.ClickAsync("form:has(#file) button");
        await window.Page.WaitForURLAsync("**/imports/preparation/*");
        var id = new Uri(window.Page.Url).Segments[^1];
        await window.Page.SelectOptionAsync("#SourceName", "+");
        await window.Page.FillAsync("#SourceLabel", "Fichier clients");
        await window.Page.SelectOptionAsync("#Kind", "Account");
        await window.Page.ClickAsync("button[value=next]");
        await window.Page.WaitForURLAsync("**/colonnes");

        await window.AssertSoundOnEveryScreenAsync(
            $"/imports/preparation/{id}", $"/imports/preparation/{id}/colonnes", $"/imports/preparation/{id}/controle",
            $"/imports/preparation/{id}/apercu", $"/imports/preparation/{id}/lignes", "/imports/plan");
    }
}
