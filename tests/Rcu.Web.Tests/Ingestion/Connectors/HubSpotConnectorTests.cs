using System.Text.Json;
using Rcu.Ingestion.Pulling;
using Rcu.Jobs;
using Rcu.Web.Tests.Ingestion.Pulling;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Ingestion.Connectors;

/// <summary>A HubSpot account is read whole, then followed: nothing changed is missed, whatever its number and its instant. Against the simulator.</summary>
public class HubSpotConnectorTests
{
    private static readonly string[] Scopes = ["crm.schemas.companies.read"];

    private const string Records = "select kind || ' ' || external_key as \"Value\" from records where removed_at is null order by 1";

    [Fact]
    public async Task Companies_contacts_deals_and_who_works_where_are_read_with_the_mappings_they_bring()
    {
        await using var bench = await PullBench.CreateAsync();
        await using var hubspot = await HubSpotSimulator.StartAsync();
        hubspot.Write("companies", 11, ("name", "Vasseur"), ("domain", "vasseur.fr"), ("siret", "40483304800022"));
        var contact = hubspot.Write("contacts", 21, ("firstname", "Léa"), ("lastname", "Moreau"), ("email", "lea@vasseur.fr"));
        contact.Companies.AddRange([(12, 279, "Conseil"), (11, 1, "Primary")]);
        hubspot.Write("contacts", 22, ("lastname", "Seul"));
        hubspot.Write("deals", 31, ("dealname", "Extension"), ("amount", "12000")).Companies.Add((11, 5, null));
        var connection = await ConnectAsync(bench, hubspot);

        var run = await bench.PullAsync(connection.Id);

        Assert.Equal((RunStatus.Succeeded, 4, 0), (run.Status, run.Counters["inserted"], run.Counters["rejected"]));
        Assert.Equal(["Account 11", "Contact 21", "Contact 22", "Opportunity 31"], await bench.QueryAsync(Records));
        Assert.Equal(
            ["11|Conseil, Primary"],
            await bench.QueryAsync("select payload #>> array['contact','company_id'] || '|' || (payload #>> array['contact','company_labels']) as \"Value\" from source_records where external_key = '21'"));
        Assert.Equal(["11"], await bench.QueryAsync("select payload #>> array['deal','company_id'] as \"Value\" from source_records where external_key = '31'"));
        Assert.Equal(["""[{"key":"12","labels":["Conseil"]}]"""], await bench.QueryAsync("select payload #>> array['contact','posts'] as \"Value\" from source_records where payload -> 'contact' ? 'posts'"));
        Assert.Equal(["hubspot_companies", "hubspot_contacts", "hubspot_deals"], await bench.QueryAsync("select name as \"Value\" from feeds where active order by 1"));
        Assert.Empty(await bench.AlertsAsync());
    }

    [Fact]
    public async Task Only_what_changed_is_read_again_and_what_was_archived_is_withdrawn()
    {
        await using var bench = await PullBench.CreateAsync();
        await using var hubspot = await HubSpotSimulator.StartAsync();
        for (var i = 1; i <= 250; i++)
        {
            hubspot.Write("companies", i, ("name", $"Société {i}"));
        }

        hubspot.Now = hubspot.Now.AddMinutes(10);
        var connection = await ConnectAsync(bench, hubspot);
        var first = await bench.PullAsync(connection.Id);
        hubspot.Now = hubspot.Now.AddHours(1);
        hubspot.Write("companies", 7, ("name", "Société sept"));
        hubspot.Write("companies", 251, ("name", "Nouvelle"));
        hubspot.Archive("companies", 9);

        var second = await bench.PullAsync(connection.Id);
        var third = await bench.PullAsync(connection.Id);

        Assert.Equal((RunStatus.Succeeded, 250), (first.Status, first.Counters["inserted"]));
        Assert.Equal((3, 1, 1, 1), (second.Done, second.Counters["inserted"], second.Counters["updated"], second.Counters["withdrawn"]));
        Assert.Equal(["9 archived"], await bench.QueryAsync("""
            select r.external_key || case when v.payload -> 'company' ->> 'name' = 'Société 9' then ' archived' end as "Value"
            from records r join source_records v on v.id = r.source_record_id where r.gone_at is not null and r.removed_at is not null and v.gone
            """));
        Assert.Equal((0, 0), (third.Counters["inserted"], third.Counters["updated"])); // five minutes are read again, and say nothing new
    }

    [Fact]
    public async Task Who_was_merged_over_there_is_withdrawn_and_tied_companies_beyond_a_page_are_all_read()
    {
        await using var bench = await PullBench.CreateAsync();
        await using var hubspot = await HubSpotSimulator.StartAsync();
        hubspot.Write("companies", 11, ("name", "Vasseur"));
        hubspot.Write("companies", 12, ("name", "Vasseur SAS"));
        var person = hubspot.Write("contacts", 21, ("lastname", "Moreau"));
        person.Companies.AddRange(Enumerable.Range(100, 7).Select(i => ((long)i, 279, (string?)null)));
        var connection = await ConnectAsync(bench, hubspot);
        await bench.PullAsync(connection.Id);
        hubspot.Now = hubspot.Now.AddHours(1);
        hubspot.Forget("companies", 12);
        hubspot.Write("companies", 11, ("hs_merged_object_ids", "12;11"));

        var merged = await bench.PullAsync(connection.Id);
        await bench.PullAsync(connection.Id);

        Assert.Equal((1, 0), (merged.Counters["withdrawn"], merged.Counters["rejected"]));
        Assert.Equal(
            ["12 into 11"],
            await bench.QueryAsync("select r.external_key || ' into ' || (v.payload ->> 'merged_into') as \"Value\" from records r join source_records v on v.id = r.source_record_id where r.gone_at is not null"));
        Assert.Equal(["6"], await bench.QueryAsync("select jsonb_array_length((payload #>> array['contact','posts'])::jsonb)::text as \"Value\" from source_records where payload -> 'contact' ? 'posts'"));
    }

    [Fact]
    public async Task More_than_ten_thousand_changed_in_one_instant_are_all_read_even_when_the_pull_is_cut()
    {
        await using var bench = await PullBench.CreateAsync();
        await using var hubspot = await HubSpotSimulator.StartAsync();
        hubspot.Write("companies", 1, ("name", "Première"));
        var connection = await ConnectAsync(bench, hubspot);
        await bench.PullAsync(connection.Id);
        hubspot.Now = hubspot.Now.AddHours(1);
        for (var i = 2; i <= 10_151; i++)
        {
            hubspot.Write("companies", i, ("name", $"Société {i}"));
        }

        await Assert.ThrowsAnyAsync<Exception>(() => bench.PullAsync(connection.Id, new CutConnection("second page")));
        var run = await bench.PullAsync(connection.Id);

        Assert.Equal(RunStatus.Succeeded, run.Status);
        Assert.Equal(["10151|10151"], await bench.QueryAsync("select count(*) || '|' || count(distinct external_key) as \"Value\" from source_records"));
    }

    [Fact]
    public async Task What_changes_while_the_account_is_read_is_read_the_next_time()
    {
        await using var bench = await PullBench.CreateAsync();
        await using var hubspot = await HubSpotSimulator.StartAsync();
        for (var i = 1; i <= 150; i++)
        {
            hubspot.Write("companies", i, ("name", $"Société {i}"));
        }

        var connection = await ConnectAsync(bench, hubspot);
        var cut = new CutConnection("second page");
        await Assert.ThrowsAnyAsync<Exception>(() => bench.PullAsync(connection.Id, cut));
        hubspot.Now = hubspot.Now.AddMinutes(30);
        hubspot.Write("companies", 1, ("name", "Changée entre-temps"));
        hubspot.Now = hubspot.Now.AddMinutes(30);
        hubspot.Write("companies", 150, ("name", "Changée plus tard"));

        await bench.PullAsync(connection.Id);
        await bench.PullAsync(connection.Id);

        Assert.Equal(
            ["Changée entre-temps", "Changée plus tard"],
            await bench.QueryAsync(
                "select v.payload #>> array['company','name'] as \"Value\" from records r join source_records v on v.id = r.source_record_id where r.external_key in ('1', '150') order by 1"));
    }

    [Fact]
    public async Task Its_limit_its_refusal_and_its_fields_that_come_and_go_are_told()
    {
        await using var bench = await PullBench.CreateAsync();
        await using var hubspot = await HubSpotSimulator.StartAsync();
        hubspot.Write("companies", 1, ("name", "Vasseur"));
        var connection = await ConnectAsync(bench, hubspot);
        await bench.PullAsync(connection.Id);
        hubspot.Properties["companies"].Remove("siret");
        hubspot.Properties["deals"].Add("marge");
        await bench.PullAsync(connection.Id);
        var alerts = await bench.AlertsAsync();

        hubspot.Api.Then(429, new { status = "error", message = "You have reached your secondly limit.", category = "RATE_LIMITS" }, ("Retry-After", "10"));
        var busy = await bench.PullAsync(connection.Id);
        var waiting = await bench.ConnectionAsync(connection.Id);
        hubspot.Api.Then(401, new { status = "error", category = "INVALID_AUTHENTICATION" });
        var refused = await bench.PullAsync(connection.Id);

        Assert.Equal(["alert.column_missing company.siret", "alert.column_new deal.marge"], alerts);
        Assert.Equal((RunStatus.Failed, ConnectionState.Degraded), (busy.Status, waiting.State));
        Assert.InRange(waiting.NextRunAt!.Value - PullBench.Morning, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(11));
        Assert.Equal(RunStatus.Failed, refused.Status);
        Assert.Equal(ConnectionState.CredentialsNeeded, (await bench.ConnectionAsync(connection.Id)).State);
    }

    [Fact]
    public async Task A_trial_tells_what_may_be_read_and_what_the_mapping_lacks()
    {
        await using var bench = await PullBench.CreateAsync();
        await using var hubspot = await HubSpotSimulator.StartAsync();
        var connection = await ConnectAsync(bench, hubspot);
        await using var db = bench.Db();

        var told = await bench.Connections(db).TestAsync(connection.Id, default);
        hubspot.Api.Then(403, new { status = "error", category = "MISSING_SCOPES", errors = new[] { new { context = new { requiredGranularScopes = Scopes } } } });
        var refused = await bench.Connections(db).TestAsync(connection.Id, default);

        Assert.StartsWith("Entreprises, contacts et affaires sont lisibles", told.Value, StringComparison.Ordinal);
        Assert.Contains("n’a pas le droit de lire les entreprises", $"{refused.Error?.Values[0]}", StringComparison.Ordinal);
        Assert.Contains("ajoutez crm.schemas.companies.read", $"{refused.Error?.Values[0]}", StringComparison.Ordinal);
    }

    private static Task<SourceConnection> ConnectAsync(PullBench bench, HubSpotSimulator hubspot) => bench.ConnectAsync(new SaveSourceConnection(
        "HubSpot", "hubspot", "hubspot", JsonSerializer.SerializeToElement(new { baseUrl = hubspot.Api.Url, siretProperty = "siret" }),
        Secret: HubSpotSimulator.Token, EveryMinutes: 10));
}
