using Rcu.Activation;
using Rcu.Activation.Connectors.Mailjet;
using Rcu.Simulators;
using MailjetSimulator = Rcu.Simulators.Mailjet.MailjetSimulator;

namespace Rcu.Tests.Activation.Vendors;

internal sealed class MailjetTrial : VendorTrial
{
    public override Simulator Simulator => Vendors.Mailjet;

    public override IDestinationConnector Connector => new MailjetConnector(Calls);

    public override object Settings => new MailjetSettings(MailjetSimulator.ListId, $"{Vendors.UrlOf(Simulator)}/v3/REST");

    public override string JobField => "fonction";

    public override IEnumerable<HeldPerson> People => Vendors.Mailjet.Contacts.Select(c => new HeldPerson(
        c.Email, c.Properties.GetValueOrDefault("nom"), c.Properties.GetValueOrDefault("fonction"), c.IsIn, c.IsUnsubscribed));

    public override void Unsubscribe(string email) => Vendors.Mailjet.Contacts.Single(c => c.Email == email).IsUnsubscribed = true;
}
