using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Insight.Computed;
using Rcu.Segmentation;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Analysis;

/// <summary>The attributes computed without code: what each is, how many have it, when it was computed.</summary>
internal sealed class ComputedModel(ComputedAttributes attributes, ComputedRemoval removal) : PageModel
{
    public IReadOnlyList<ComputedLine> Lines { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Lines = await attributes.ListAsync(ct);

    public async Task<IActionResult> OnPostDeleteAsync(int number, CancellationToken ct)
    {
        var deleted = await removal.DeleteAsync(number, User.Name, ct);
        if (!deleted.Succeeded)
        {
            Lines = await attributes.ListAsync(ct);
            return this.Refuse(deleted.Error);
        }

        this.Notice("computed.deleted", deleted.Value.Label);
        return RedirectToPage();
    }
}
