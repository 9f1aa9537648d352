using Rcu.Activation;
using Rcu.Activation.Connectors.Mailchimp;
using Rcu.Simulators;
using MailchimpSimulator = Rcu.Simulators.Mailchimp.MailchimpSimulator;

namespace Rcu.Tests.Activation.Vendors;

internal sealed class MailchimpTrial : VendorTrial
{
    public override Simulator Simulator => Vendors.Mailchimp;

    public override IDestinationConnector Connector => new MailchimpConnector(Calls);

    public override object Settings => new MailchimpSettings(MailchimpSimulator.ListId, "Décideurs", $"{Vendors.UrlOf(Simulator)}/3.0");

    public override string JobField => "FONCTION";

    public override IEnumerable<HeldPerson> People => Vendors.Mailchimp.Members.Select(m => new HeldPerson(
        m.Email, m.Fields.GetValueOrDefault("LNAME"), m.Fields.GetValueOrDefault("FONCTION"), m.Tags.Contains("Décideurs"), m.Status == "unsubscribed"));

    public override void Unsubscribe(string email) => Vendors.Mailchimp.Members.Single(m => m.Email == email).Status = "unsubscribed";
}
