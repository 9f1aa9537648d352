using Rcu.Activation.Connectors.Brevo;
using Rcu.Activation.Connectors.HubSpot;
using Rcu.Simulators;
using Rcu.Simulators.Brevo;
using Rcu.Simulators.HubSpot;

namespace Rcu.Web.Commands;

/// <summary>The vendors' tools a demonstration feeds: each a simulator on this machine, and named so on every screen.</summary>
internal static class DemoVendors
{
    private static readonly string Url = $"http://127.0.0.1:{VendorSimulators.Port}";

    public static IReadOnlyList<(string Name, string Kind, object Settings, string? Secret, string Segment)> Tools =>
    [
        ("Brevo (simulateur)", "brevo", new BrevoSettings(BrevoSimulator.ListId, $"{Url}/brevo/v3"), new BrevoSimulator(TimeProvider.System).Secret, "finance_leads"),
        ("HubSpot (simulateur)", "hubspot", new HubSpotSettings(HubSpotSimulator.ListId, $"{Url}/hubspot"), new HubSpotSimulator(TimeProvider.System).Secret, "decision_makers_idf"),
    ];
}
