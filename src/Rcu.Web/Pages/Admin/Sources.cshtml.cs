using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Unification;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Admin;

/// <summary>The sources, in the order they are believed.</summary>
internal sealed class SourcesModel(SourcePriorities priorities) : PageModel
{
    public IReadOnlyList<RankedSource> Sources { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Sources = await priorities.ListAsync(ct);

    public async Task<IActionResult> OnPostMoveAsync(Guid id, bool up, CancellationToken ct)
    {
        var moved = await priorities.MoveAsync(id, up, User.Name, ct);
        if (!moved.Succeeded)
        {
            return this.RefuseAndReturn(moved.Error);
        }

        this.Notice("admin.moved", moved.Value.Label);
        return RedirectToPage();
    }
}
