using Microsoft.AspNetCore.Mvc;
using Rcu.Exploration;
using Rcu.Security;

namespace Rcu.Web.Pages.Accounts;

/// <summary>What comes before and after an account in the list it was opened from: asked for once the page is shown.</summary>
internal sealed class NeighboursModel(AccountList list, AccountScope scope) : AccountListPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public Neighbours? Around { get; private set; }

    public string ListQuery => Joined(Carried);

    public async Task OnGetAsync(CancellationToken ct) => Around = await list.AroundAsync(scope, Filter, Sort, Reversed, Id, ct);

    public string RowLink(Guid id) => $"/comptes/{id}{Joined([("liste", "true"), .. Carried])}";
}
