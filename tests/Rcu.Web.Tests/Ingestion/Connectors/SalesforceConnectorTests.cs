using System.Text.Json;
using Rcu.Ingestion.Pulling;
using Rcu.Jobs;
using Rcu.Web.Tests.Ingestion.Pulling;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Ingestion.Connectors;

/// <summary>A Salesforce organisation is read whole, then followed, its bin included. Against the simulator.</summary>
public class SalesforceConnectorTests
{
    private const string Evidence = "select count(*) || '|' || count(distinct external_key) as \"Value\" from source_records";

    [Fact]
    public async Task Accounts_contacts_and_opportunities_are_read_with_the_mappings_they_bring()
    {
        await using var bench = await PullBench.CreateAsync();
        await using var salesforce = await SalesforceSimulator.StartAsync();
        salesforce.Write("Account", "001A", ("Name", "Vasseur"), ("Siret__c", "40483304800022"), ("NumberOfEmployees", 42));
        salesforce.Write("Contact", "003A", ("LastName", "Moreau"), ("AccountId", "001A"), ("HasOptedOutOfEmail", true));
        salesforce.Write("Opportunity", "006A", ("Name", "Extension"), ("AccountId", "001A"), ("Amount", 12000.5));
        salesforce.Write("Account", "001B", ("Name", "Déjà supprimée"));
        salesforce.Delete("Account", "001B");
        var connection = await ConnectAsync(bench, salesforce);

        var run = await bench.PullAsync(connection.Id);

        Assert.Equal((RunStatus.Succeeded, 3, 0), (run.Status, run.Counters["inserted"], run.Counters["rejected"]));
        Assert.Equal(["Account 001A", "Contact 003A", "Opportunity 006A"], await bench.QueryAsync("select kind || ' ' || external_key as \"Value\" from records order by 1"));
        Assert.Equal(["001A"], await bench.QueryAsync("select payload #>> array['Contact','AccountId'] as \"Value\" from source_records where external_key = '003A'"));
        Assert.Empty(await bench.AlertsAsync());
    }

    [Fact]
    public async Task Every_account_a_contact_is_tied_to_is_read_and_followed_by_itself()
    {
        await using var bench = await PullBench.CreateAsync();
        await using var salesforce = await SalesforceSimulator.StartAsync();
        salesforce.OpenRelations();
        salesforce.Write("Contact", "003A", ("LastName", "Moreau"), ("AccountId", "001A"));
        salesforce.Write("Contact", "003B", ("LastName", "Seul"), ("AccountId", "001A"));
        salesforce.Write("AccountContactRelation", "07kA", ("ContactId", "003A"), ("AccountId", "001A"), ("IsActive", true), ("IsDirect", true));
        salesforce.Write(
            "AccountContactRelation", "07kB", ("ContactId", "003A"), ("AccountId", "001B"), ("Roles", "Influencer;Decision Maker"), ("IsActive", true),
            ("StartDate", "2024-02-01"));
        var connection = await ConnectAsync(bench, salesforce);
        var first = await bench.PullAsync(connection.Id);
        var read = await bench.QueryAsync(Posts);
        salesforce.Now = salesforce.Now.AddHours(1);
        salesforce.Write("AccountContactRelation", "07kB", ("IsActive", false), ("EndDate", "2026-10-31"));
        salesforce.Write("AccountContactRelation", "07kC", ("ContactId", "003B"), ("AccountId", "001C"), ("IsActive", true));

        var second = await bench.PullAsync(connection.Id);
        var followed = await bench.QueryAsync(Posts);
        salesforce.Now = salesforce.Now.AddHours(1);
        salesforce.Delete("AccountContactRelation", "07kC");
        await bench.PullAsync(connection.Id);

        Assert.Equal((RunStatus.Succeeded, 2), (first.Status, first.Counters["inserted"]));
        Assert.Equal(["""003A [{"key":"001B","labels":["Decision Maker","Influencer"],"from":"2024-02-01"}]"""], read);
        Assert.Equal((RunStatus.Succeeded, 2), (second.Status, second.Counters["updated"]));
        Assert.Equal(
            ["""003A [{"key":"001B","labels":["Decision Maker","Influencer"],"from":"2024-02-01","to":"2026-10-31","over":true}]""", """003B [{"key":"001C","labels":[]}]"""],
            followed);
        Assert.Equal(followed[..1], await bench.QueryAsync(Posts));
        Assert.Empty(await bench.AlertsAsync());
    }

    private const string Posts =
        """
        select r.external_key || ' ' || (v.payload #>> array['Contact','posts']) as "Value" from records r
        join source_records v on v.id = r.source_record_id where v.payload -> 'Contact' ? 'posts' order by 1
        """;

    [Fact]
    public async Task A_thousand_changed_in_one_instant_are_all_read_even_when_the_pull_is_cut_and_the_rest_of_the_query_is_lost()
    {
        await using var bench = await PullBench.CreateAsync();
        await using var salesforce = await SalesforceSimulator.StartAsync();
        for (var i = 0; i < 1000; i++)
        {
            salesforce.Write("Account", $"001{i:d4}", ("Name", $"Société {i}"));
        }

        var connection = await ConnectAsync(bench, salesforce);
        await Assert.ThrowsAnyAsync<Exception>(() => bench.PullAsync(connection.Id, new CutConnection("second page")));
        salesforce.ForgetLocators();
        var run = await bench.PullAsync(connection.Id);

        Assert.Equal(RunStatus.Succeeded, run.Status);
        Assert.Equal(["1000|1000"], await bench.QueryAsync(Evidence));
    }

    [Fact]
    public async Task Only_what_changed_is_read_again_and_the_bin_withdraws()
    {
        await using var bench = await PullBench.CreateAsync();
        await using var salesforce = await SalesforceSimulator.StartAsync();
        for (var i = 0; i < 250; i++)
        {
            salesforce.Write("Account", $"001{i:d4}", ("Name", $"Société {i}"));
        }

        var connection = await ConnectAsync(bench, salesforce);
        await bench.PullAsync(connection.Id);
        salesforce.Now = salesforce.Now.AddHours(1);
        salesforce.Write("Account", "0010007", ("Name", "Société sept"));
        salesforce.Write("Account", "001NEW", ("Name", "Nouvelle"));
        salesforce.Delete("Account", "0010009");

        var second = await bench.PullAsync(connection.Id);
        var third = await bench.PullAsync(connection.Id);

        // All 250 were changed at one instant: they are within the five minutes that are read again, and say nothing new.
        Assert.Equal((1, 1, 1), (second.Counters["inserted"], second.Counters["updated"], second.Counters["withdrawn"]));
        Assert.Equal(["0010009"], await bench.QueryAsync("select external_key as \"Value\" from records where gone_at is not null and removed_at is not null"));
        Assert.Equal((3, 0, 0), (third.Done, third.Counters["inserted"], third.Counters["updated"]));
    }

    [Fact]
    public async Task A_pass_that_opens_no_more_is_renewed_and_a_refused_secret_stops_the_source()
    {
        await using var bench = await PullBench.CreateAsync();
        await using var salesforce = await SalesforceSimulator.StartAsync();
        salesforce.Write("Account", "001A", ("Name", "Vasseur"));
        var connection = await ConnectAsync(bench, salesforce);
        await bench.PullAsync(connection.Id);
        salesforce.PassesTakenBack = 1;
        var renewed = await bench.PullAsync(connection.Id);
        await using var other = await PullBench.CreateAsync();
        var wrong = await ConnectAsync(other, salesforce, "not the secret");

        var refused = await other.PullAsync(wrong.Id);

        Assert.Equal((RunStatus.Succeeded, RunStatus.Failed), (renewed.Status, refused.Status));
        Assert.Contains("invalid_client", refused.Failure, StringComparison.Ordinal);
        Assert.Equal(ConnectionState.CredentialsNeeded, (await other.ConnectionAsync(wrong.Id)).State);
    }

    [Fact]
    public async Task Its_quota_and_its_fields_that_come_and_go_are_told_and_a_lost_field_stops_nothing()
    {
        await using var bench = await PullBench.CreateAsync();
        await using var salesforce = await SalesforceSimulator.StartAsync();
        salesforce.Write("Account", "001A", ("Name", "Vasseur"));
        var connection = await ConnectAsync(bench, salesforce);
        await bench.PullAsync(connection.Id);
        salesforce.Fields["Account"].Remove("Siret__c");
        salesforce.Fields["Opportunity"].Add("Marge__c");
        var poorer = await bench.PullAsync(connection.Id);
        var alerts = await bench.AlertsAsync();
        salesforce.Api.Then(403, new[] { new { message = "TotalRequests Limit exceeded.", errorCode = "REQUEST_LIMIT_EXCEEDED" } });
        var exhausted = await bench.PullAsync(connection.Id);
        var waiting = await bench.ConnectionAsync(connection.Id);

        Assert.Equal(RunStatus.Succeeded, poorer.Status);
        Assert.Equal(["alert.column_missing Account.Siret__c", "alert.column_new Opportunity.Marge__c"], alerts);
        Assert.Equal((RunStatus.Failed, ConnectionState.Degraded, PullBench.Morning.AddMinutes(30)), (exhausted.Status, waiting.State, waiting.NextRunAt));
    }

    private static Task<SourceConnection> ConnectAsync(PullBench bench, SalesforceSimulator salesforce, string secret = SalesforceSimulator.Secret) =>
        bench.ConnectAsync(new SaveSourceConnection(
            "Salesforce", "salesforce", "salesforce",
            JsonSerializer.SerializeToElement(new { loginUrl = salesforce.Api.Url, clientId = "hub", siretField = "Siret__c" }), Secret: secret, EveryMinutes: 10));
}
