using Rcu.Activation;
using Rcu.Activation.Connectors.Salesforce;
using Rcu.Simulators;
using SalesforceSimulator = Rcu.Simulators.Salesforce.SalesforceSimulator;

namespace Rcu.Tests.Activation.Vendors;

internal sealed class SalesforceTrial : VendorTrial
{
    public override Simulator Simulator => Vendors.Salesforce;

    public override IDestinationConnector Connector => new SalesforceConnector(Calls);

    public override object Settings => new SalesforceSettings(Vendors.UrlOf(Simulator), SalesforceSimulator.ClientId);

    public override string JobField => "Title";

    public override IEnumerable<HeldPerson> People => Vendors.Salesforce.Contacts.Select(c => new HeldPerson(
        c.Fields.GetValueOrDefault("Email") ?? "", c.Fields["LastName"], c.Fields.GetValueOrDefault("Title"), c.Fields["RcuSegment__c"] == "true", c.Fields.GetValueOrDefault("HasOptedOutOfEmail") == "true"));

    public override void Unsubscribe(string email) => Vendors.Salesforce.Contacts.Single(c => c.Fields["Email"] == email).Fields["HasOptedOutOfEmail"] = "true";
}
