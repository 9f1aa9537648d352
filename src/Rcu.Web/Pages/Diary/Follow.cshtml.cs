using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Exploration.Desk;
using Rcu.Security;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Diary;

/// <summary>The door of « Suivre » : an account is followed or no longer.</summary>
internal sealed class FollowModel(Following following, AccountScope scope) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public bool Followed { get; private set; }

    public IActionResult OnGet() => LocalRedirect($"/comptes/{Id}");

    public async Task<IActionResult> OnPostAsync(bool follows, CancellationToken ct)
    {
        var set = await following.SetAsync(scope, Id, User.Name, follows, ct);
        if (set.Error is { } refusal)
        {
            return this.Refuse(refusal);
        }

        Followed = follows;
        return Request.IsHtmx ? Partial("_Follow", (Id, Followed)) : LocalRedirect($"/comptes/{Id}");
    }
}
