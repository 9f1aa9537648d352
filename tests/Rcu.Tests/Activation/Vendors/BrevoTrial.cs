using Rcu.Activation;
using Rcu.Activation.Connectors.Brevo;
using Rcu.Simulators;
using Rcu.Simulators.Brevo;

namespace Rcu.Tests.Activation.Vendors;

internal sealed class BrevoTrial : VendorTrial
{
    public override Simulator Simulator => Vendors.Brevo;

    public override IDestinationConnector Connector => new BrevoConnector(Calls);

    public override object Settings => new BrevoSettings(BrevoSimulator.ListId, $"{Vendors.UrlOf(Simulator)}/v3");

    // Ten calls a second, of a hundred each.
    public override int AtOnce => 500;

    public override string JobField => "FONCTION";

    public override IEnumerable<HeldPerson> People => Vendors.Brevo.Contacts.Select(c => new HeldPerson(
        c.Email, c.Attributes.GetValueOrDefault("NOM"), c.Attributes.GetValueOrDefault("FONCTION"), c.InList, c.IsBlacklisted));

    public override void Unsubscribe(string email) => Vendors.Brevo.Contacts.Single(c => c.Email == email).IsBlacklisted = true;
}
