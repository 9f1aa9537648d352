using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Exploration.Desk;
using Rcu.Resolution;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Matches;

/// <summary>Parts one record from the account or contact it was joined to: what was written there since, and what goes along.</summary>
internal sealed class UnmergeModel(Separations separations) : PageModel
{
    public Separation Separation { get; private set; } = null!;

    public string? Reason { get; private set; }

    public string ReturnUrl { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(ClusterKind kind, Guid recordId, string? reason, string? returnUrl, CancellationToken ct)
    {
        (Reason, ReturnUrl) = (reason, Back(returnUrl));
        if (recordId == Guid.Empty)
        {
            return RedirectToPage("Index");
        }

        var found = await separations.PreviewAsync(kind, recordId, ct);
        if (!found.Succeeded)
        {
            this.RefuseAndReturn(found.Error);
            return LocalRedirect(ReturnUrl);
        }

        Separation = found.Value;
        return Page();
    }

    /// <param name="asked">Whether the list of what was written was shown: what is not ticked then stays.</param>
    public async Task<IActionResult> OnPostAsync(
        ClusterKind kind, Guid recordId, string? reason, string? returnUrl, bool asked, List<string> leaving, CancellationToken ct)
    {
        var parted = await separations.PartAsync(
            kind, recordId, string.IsNullOrWhiteSpace(reason) ? null : reason.Trim(), asked ? leaving : null, User.Name, ct);
        if (parted.Error is { } refusal)
        {
            this.RefuseAndReturn(refusal);
        }
        else
        {
            this.Notice("unmerge.done");
        }

        return LocalRedirect(Back(returnUrl));
    }

    private string Back(string? returnUrl) => Url.IsLocalUrl(returnUrl) ? returnUrl : Url.Page("Index")!;
}
