using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Exploration;
using Rcu.Exploration.Desk;
using Rcu.Security;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;

namespace Rcu.Web.Pages.Accounts;

/// <summary>The cards of an account that other programs show: made, read, revoked; and, for administrators, which programs may.</summary>
internal sealed class CardsModel(AccountCards cards, Rcu.Exploration.Search search, AccountScope scope) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public string Name { get; private set; } = "";

    public IReadOnlyList<CardLine> Cards { get; private set; } = [];

    public IReadOnlyList<string> Origins { get; private set; } = [];

    public string Host => $"{Request.Scheme}://{Request.Host}";

    public bool MayMake => User.IsInAny(HubRoles.Commercial, HubRoles.Steward, HubRoles.Admin);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await search.OneAsync(scope, SearchKind.Account, Id, ct) is not { } account)
        {
            return this.Refuse(ExplorationErrors.AccountNotFound);
        }

        (Name, Cards, Origins) = (account.Name, MayMake ? await cards.ListAsync(Id, ct) : [], await cards.OriginsAsync(ct));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int days, CancellationToken ct) =>
        MayMake ? Back((await cards.MakeAsync(scope, Id, days, User.Name, ct)).Error, "card.made") : Forbid();

    public async Task<IActionResult> OnPostRevokeAsync(Guid card, CancellationToken ct) =>
        MayMake ? Back((await cards.RevokeAsync(card, User.Name, ct)).Error, "card.revoked") : Forbid();

    public async Task<IActionResult> OnPostAllowAsync(string? origins, CancellationToken ct) =>
        User.IsInRole(HubRoles.Admin) ? Back((await cards.AllowAsync((origins ?? "").Split(['\n', ' ', ',']), User.Name, ct)).Error, "card.allowed") : Forbid();

    private LocalRedirectResult Back(Error? refusal, string done)
    {
        if (refusal is null)
        {
            this.Notice(done);
        }
        else
        {
            this.NoticeRefusal(refusal);
        }

        return LocalRedirect($"/comptes/{Id}/carte");
    }
}
