using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Resolution;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Matches;

/// <summary>Parts one record from the account or contact it was joined to; asked for from their pages.</summary>
internal sealed class UnmergeModel(MatchReview review) : PageModel
{
    public IActionResult OnGet() => RedirectToPage("Index");

    public async Task<IActionResult> OnPostAsync(ClusterKind kind, Guid recordId, string? reason, string? returnUrl, CancellationToken ct)
    {
        var parted = await review.UnmergeAsync(kind, recordId, string.IsNullOrWhiteSpace(reason) ? null : reason.Trim(), User.Name, ct);
        if (parted.Error is { } refusal)
        {
            this.RefuseAndReturn(refusal);
        }
        else
        {
            this.Notice("unmerge.done");
        }

        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : Url.Page("Index")!);
    }
}
