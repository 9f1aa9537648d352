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
