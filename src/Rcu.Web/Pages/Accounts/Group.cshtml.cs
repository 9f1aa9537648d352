using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Customers;
using Rcu.Exploration;
using Rcu.Security;
using Rcu.Unification;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;
using Rcu.Web.Pages.Shared;

namespace Rcu.Web.Pages.Accounts;

/// <summary>Says whom an account hangs on and what hangs on it, and takes it back.</summary>
internal sealed class GroupModel(AccountGroup group, AccountSheets sheets, AccountTies ties, Rcu.Exploration.Search search, AccountScope scope) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The other account.</summary>
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Sought { get; set; }

    public IReadOnlyList<DeclaredTie> Declared { get; private set; } = [];

    public IReadOnlyList<NamedId>? Found { get; private set; }

    public TieForm Tie { get; private set; } = new();

    public bool MaySay => User.IsInAny(HubRoles.Commercial, HubRoles.Steward, HubRoles.Admin);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) is { } refusal ? this.Refuse(refusal) : Page();

    public Task<IActionResult> OnPostDeclareAsync([FromForm(Name = "tie")] TieForm said, CancellationToken ct)
    {
        Tie = said;
        return SaidAsync("tie.saved", () => ties.DeclareAsync(scope, said.For(Id), User.Name, ct), ct);
    }

    public Task<IActionResult> OnPostRetireAsync(Guid tie, CancellationToken ct) => SaidAsync("tie.removed", () => ties.RetireAsync(tie, User.Name, ct), ct);

    private async Task<IActionResult> SaidAsync(string notice, Func<Task<Result<AccountTie>>> say, CancellationToken ct)
    {
        if (!MaySay)
        {
            return Forbid();
        }

        if ((await say()).Error is { } refusal)
        {
            return this.Refuse(await LoadAsync(ct) ?? refusal);
        }

        this.Notice(notice);
        return LocalRedirect($"/comptes/{Id}/groupe");
    }

    private async Task<Error?> LoadAsync(CancellationToken ct)
    {
        if (!await sheets.ExistsAsync(scope, Id, ct))
        {
            return ExplorationErrors.AccountNotFound;
        }

        Declared = await group.DeclaredAsync(scope, Id, ct);
        if (!string.IsNullOrWhiteSpace(Sought))
        {
            var hits = await search.FindAsync(scope, new SearchRights(Segments: false, Imports: false), Sought, 20, ct);
            Found = [.. hits.Direct.Concat(hits.Accounts).Where(h => h.Kind is SearchKind.Account && h.Id != Id).Select(h => new NamedId(h.Id, h.Place is null ? h.Name : $"{h.Name}, {h.Place}"))];
        }

        return null;
    }
}

/// <summary>The form of a link between two accounts.</summary>
internal sealed class TieForm
{
    public Guid Other { get; set; }

    /// <summary><c>mother</c>, <c>daughter</c>, <c>head</c> or <c>place</c>: what the other is to this account.</summary>
    public string What { get; set; } = "mother";

    /// <summary>As it is typed, with a comma or a point.</summary>
    public string? Percentage { get; set; }

    public DateOnly? StartedOn { get; set; }

    public DateOnly? EndedOn { get; set; }

    public string? Reason { get; set; }

    public DeclareTie For(Guid account)
    {
        var nature = What is "head" or "place" ? TieNature.Establishment : TieNature.Capital;
        var (parent, child) = What is "mother" or "head" ? (Other, account) : (account, Other);
        return new DeclareTie(parent, child, nature, nature is TieNature.Establishment ? null : PercentText.Read(Percentage), StartedOn, EndedOn, Reason);
    }
}
