using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Insight.Worth;

namespace Rcu.Web.Pages.Analysis;

/// <summary>What the customers are worth: by class of recency and frequency, so far and to come, and how far the expectation errs.</summary>
internal sealed class ValueModel(Worths worths) : PageModel
{
    public WorthBoard Board { get; private set; } = new([], [], null);

    public async Task OnGetAsync(CancellationToken ct) => Board = await worths.BoardAsync(ct);

    public int At(int r, int f) => Board.Grid.Where(c => c.R == r && c.F == f).Sum(c => c.Accounts);
}
