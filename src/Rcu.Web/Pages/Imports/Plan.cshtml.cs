using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Ingestion;

namespace Rcu.Web.Pages.Imports;

/// <summary>The collection plan: what is collected where, why, on which ground, by whom and how fresh.</summary>
internal sealed class PlanModel(CollectionPlan plan, TimeProvider clock) : PageModel
{
    public IReadOnlyList<CollectedFeed> Feeds { get; private set; } = [];

    public DateTimeOffset Now => clock.GetUtcNow();

    public async Task OnGetAsync(CancellationToken ct) => Feeds = await plan.ListAsync(ct);
}
