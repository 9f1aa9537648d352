using Rcu.Activation;
using Rcu.Activation.Connectors.HubSpot;
using Rcu.Simulators;
using HubSpotSimulator = Rcu.Simulators.HubSpot.HubSpotSimulator;

namespace Rcu.Tests.Activation.Vendors;

internal sealed class HubSpotTrial : VendorTrial
{
    public override Simulator Simulator => Vendors.HubSpot;

    public override IDestinationConnector Connector => new HubSpotConnector(Calls);

    public override object Settings => new HubSpotSettings(HubSpotSimulator.ListId, Vendors.UrlOf(Simulator), DecisionMakerLabel: 7);

    public override string JobField => "jobtitle";

    public override IEnumerable<HeldPerson> People => Vendors.HubSpot.Contacts.Select(c => new HeldPerson(
        c.Properties.GetValueOrDefault("email") ?? "", c.Properties.GetValueOrDefault("lastname"), c.Properties.GetValueOrDefault("jobtitle"), Vendors.HubSpot.IsListed(c),
        c.Properties.GetValueOrDefault("hs_email_optout") == "true"));

    public override void Unsubscribe(string email) => Vendors.HubSpot.Contacts.Single(c => c.Properties["email"] == email).Properties["hs_email_optout"] = "true";
}
