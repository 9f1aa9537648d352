using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Segmentation;

namespace Rcu.Web.Pages.Segments;

/// <summary>The segments in use, and the templates to begin from.</summary>
internal sealed class IndexModel(Rcu.Segmentation.Segments segments, TimeProvider clock) : PageModel
{
    public IReadOnlyList<Segment> Segments { get; private set; } = [];

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public async Task OnGetAsync(CancellationToken ct) => Segments = await segments.ListAsync(ct);
}
