namespace Rcu.Tests.Activation.Vendors;

/// <summary>Brevo keeps the contract.</summary>
public sealed class BrevoTests : VendorContractTests
{
    private protected override async Task<VendorTrial> StartAsync() => await VendorTrial.StartAsync<BrevoTrial>();

    [Fact]
    public async Task Companies_are_made_once_and_keep_their_place_when_they_leave_the_segment()
    {
        await using var trial = await VendorTrial.StartAsync<BrevoTrial>();
        trial.Simulator.Faults.ThenDrop();
        await trial.DeliverAsync(Told.Company(1));
        var known = await trial.LearnAsync(Told.Company(1));
        await trial.LearnAsync(known[0].Now(Told.Company(1, city: "Nancy")));
        var city = trial.Vendors.Brevo.Companies.Single().Attributes["city"];
        await trial.DeliverAsync(known[0].Gone());

        Assert.Equal("Nancy", city);
        Assert.Equal("", trial.Vendors.Brevo.Companies.Single().Attributes["rcu_segment"]);
    }
}

/// <summary>HubSpot keeps the contract.</summary>
public sealed class HubSpotTests : VendorContractTests
{
    private protected override async Task<VendorTrial> StartAsync() => await VendorTrial.StartAsync<HubSpotTrial>();

    [Fact]
    public async Task Someone_it_knew_by_their_address_is_taken_over_and_tied_to_their_company()
    {
        await using var trial = await VendorTrial.StartAsync<HubSpotTrial>();
        var hubSpot = trial.Vendors.HubSpot;
        hubSpot.Contacts.Add(new Rcu.Simulators.HubSpot.HubSpotRecord("77") { Properties = { ["email"] = "camille.durand1@societe.fr", ["hs_email_optout"] = "true" } });

        await trial.LearnAsync(Told.Company(1));
        var known = await trial.LearnAsync(Told.Person(1));

        Assert.Equal("77", known[0].RemoteId);
        Assert.Equal(("Durand1", true), (trial.People.Single().FamilyName, trial.People.Single().IsUnsubscribed));
        Assert.Equal([("77", hubSpot.Companies.Single().Id, 0)], hubSpot.Ties);
    }
}

/// <summary>Salesforce keeps the contract.</summary>
public sealed class SalesforceTests : VendorContractTests
{
    protected override bool AsksHowLong => false;

    private protected override async Task<VendorTrial> StartAsync() => await VendorTrial.StartAsync<SalesforceTrial>();

    [Fact]
    public async Task More_than_two_thousand_go_by_one_job_whose_refused_rows_are_named()
    {
        await using var trial = await VendorTrial.StartAsync<SalesforceTrial>();
        var told = Told.People(2001);
        told[7] = Told.Person(8, email: "pas une adresse");

        var outcomes = await trial.DeliverAsync(told);

        Assert.Equal((1, 2000), (trial.Vendors.Salesforce.Jobs, trial.People.Count()));
        Assert.Contains("pas une adresse", Assert.IsType<Rcu.Activation.Outcome.Rejected>(outcomes[7]).Why, StringComparison.Ordinal);
        Assert.Equal(2000, outcomes.OfType<Rcu.Activation.Outcome.Delivered>().Count(o => o.RemoteId is { Length: > 0 }));
    }
}

/// <summary>Mailjet keeps the contract.</summary>
public sealed class MailjetTests : VendorContractTests
{
    private protected override async Task<VendorTrial> StartAsync() => await VendorTrial.StartAsync<MailjetTrial>();

    [Fact]
    public async Task Whoever_unsubscribed_is_not_subscribed_under_a_new_address()
    {
        await using var trial = await VendorTrial.StartAsync<MailjetTrial>();
        var known = await trial.LearnAsync(Told.Person(1));
        trial.Unsubscribe("camille.durand1@societe.fr");

        var outcomes = await trial.DeliverAsync(known[0].Now(Told.Person(1, email: "camille.roy@societe.fr")));

        Assert.IsType<Rcu.Activation.Outcome.Rejected>(outcomes[0]);
        Assert.Single(trial.People);
    }
}

/// <summary>Mailchimp keeps the contract.</summary>
public sealed class MailchimpTests : VendorContractTests
{
    protected override bool AsksHowLong => false;

    private protected override async Task<VendorTrial> StartAsync() => await VendorTrial.StartAsync<MailchimpTrial>();
}
