using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Ingestion.Pulling;

namespace Rcu.Web.Pages.Connections;

/// <summary>The sources the hub reads by itself: which go well, how fresh they are, which need a person.</summary>
internal sealed class IndexModel(ConnectionHistory history) : PageModel
{
    public IReadOnlyList<ConnectionLine> Lines { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Lines = await history.ListAsync(ct);
}
