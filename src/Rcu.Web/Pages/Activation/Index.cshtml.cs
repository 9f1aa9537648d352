using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Activation;

namespace Rcu.Web.Pages.Activation;

/// <summary>Where segments are pushed, and how it goes.</summary>
internal sealed class IndexModel(ActivationLog log, DestinationAlerts alerts, TimeProvider clock) : PageModel
{
    public IReadOnlyList<DestinationView> Destinations { get; private set; } = [];

    public IReadOnlyList<DestinationAlert> Alerts { get; private set; } = [];

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public async Task OnGetAsync(CancellationToken ct) => (Destinations, Alerts) = (await log.DestinationsAsync(ct), await alerts.ReadAsync(ct));
}
