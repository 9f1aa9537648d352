using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Security;
using Rcu.Unification;
using Rcu.Unification.Postal;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Accounts;

/// <summary>Whether letters may be sent to an account: asked after its sheet is shown, which does not wait for it.</summary>
internal sealed class PostalModel(PostalReturns returns, RcuDb db, AccountScope scope) : PageModel
{
    public PostalReach Reach { get; private set; } = null!;

    /// <summary>Whether the sheet asks, for a part of itself.</summary>
    public bool IsPart => Request.IsHtmx;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await scope.Accounts(db).AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct) is not { } account)
        {
            return this.Refuse(UnificationErrors.AccountNotFound);
        }

        Reach = await returns.ReachAsync(account, ct);
        return Page();
    }
}
