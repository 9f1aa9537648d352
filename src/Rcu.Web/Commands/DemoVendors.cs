using Rcu.Activation.Connectors.Brevo;
using Rcu.Activation.Connectors.HubSpot;
using Rcu.Activation.Connectors.Mailchimp;
using Rcu.Activation.Connectors.Mailjet;
using Rcu.Activation.Connectors.Salesforce;
using Rcu.Simulators;
using Rcu.Simulators.Brevo;
using Rcu.Simulators.HubSpot;
using Rcu.Simulators.Mailchimp;
using Rcu.Simulators.Mailjet;
using Rcu.Simulators.Salesforce;

namespace Rcu.Web.Commands;

/// <summary>The vendors' tools a demonstration feeds: each a simulator on this machine, and named so on every screen.</summary>
internal static class DemoVendors
{
    private static readonly TimeProvider Now = TimeProvider.System;

    public static IReadOnlyList<(string Name, string Kind, object Settings, string? Secret, string Segment)> Tools =>
    [
        ("Brevo (simulateur)", "brevo", new BrevoSettings(BrevoSimulator.ListId, At("brevo/v3")), new BrevoSimulator(Now).Secret, "finance_leads"),
        ("HubSpot (simulateur)", "hubspot", new HubSpotSettings(HubSpotSimulator.ListId, At("hubspot")), new HubSpotSimulator(Now).Secret, "decision_makers_idf"),
        ("Salesforce (simulateur)", "salesforce", new SalesforceSettings(At("salesforce"), SalesforceSimulator.ClientId), new SalesforceSimulator(Now).Secret, "open_deals"),
        ("Mailjet (simulateur)", "mailjet", new MailjetSettings(MailjetSimulator.ListId, At("mailjet/v3/REST")), new MailjetSimulator(Now).Secret, "finance_leads"),
        ("Mailchimp (simulateur)", "mailchimp", new MailchimpSettings(MailchimpSimulator.ListId, "Décideurs", At("mailchimp/3.0")), new MailchimpSimulator(Now).Secret, "decision_makers_idf"),
    ];

    private static string At(string path) => $"http://127.0.0.1:{VendorSimulators.Port}/{path}";
}
