using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Exploration;
using Rcu.Resolution;
using Rcu.Security;
using Rcu.Unification.Joins;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Matches;

/// <summary>Several accounts that nobody proposed as duplicates, side by side, to be joined into one by a steward who knows.</summary>
internal sealed class MergeModel(DirectMerges merges, Exploration.Search search, JoinForecasts forecasts, AccountScope scope, RcuDb db) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public List<Guid> Ids { get; set; } = [];

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Typed { get; set; }

    public IReadOnlyList<Account> Accounts { get; private set; } = [];

    public IReadOnlyList<SearchHit> Found { get; private set; } = [];

    /// <summary>What two of them would be as one.</summary>
    public JoinForecast? Forecast { get; private set; }

    /// <summary>Legal entities are never one.</summary>
    public bool HasTwoSirens => Accounts.Select(a => a.Siren).OfType<Identifiers.Siren>().Distinct().Skip(1).Any();

    public bool MayBeJoined => Accounts.Count is >= 2 and <= DirectMerges.Most && !HasTwoSirens;

    public async Task OnGetAsync(CancellationToken ct) => await LoadAsync(ct);

    /// <summary>From the rows that were ticked in a list.</summary>
    public IActionResult OnPostChoose(List<Guid> ids) => RedirectToPage(new { ids });

    public async Task<IActionResult> OnPostAsync(string? reason, CancellationToken ct)
    {
        var merged = await merges.MergeAllAsync(ClusterKind.Account, Ids, string.IsNullOrWhiteSpace(reason) ? null : reason.Trim(), User.Name, ct);
        if (!merged.Succeeded)
        {
            await LoadAsync(ct);
            return this.Refuse(merged.Error);
        }

        this.Notice("merge.done", Ids.Count);
        return RedirectToPage("History");
    }

    /// <summary>The same without one of them, or with one more.</summary>
    public string With(Guid? added = null, Guid? removed = null) =>
        Url.Page("Merge", new { ids = Ids.Append(added ?? Guid.Empty).Where(id => id != Guid.Empty && id != removed).Distinct().ToArray() })!;

    private async Task LoadAsync(CancellationToken ct)
    {
        var found = await scope.Accounts(db).Include(a => a.Metrics).Where(a => Ids.Contains(a.Id)).ToListAsync(ct);
        Accounts = [.. found.OrderBy(a => a.Id)];
        Ids = [.. Accounts.Select(a => a.Id)];
        if (!string.IsNullOrWhiteSpace(Typed))
        {
            var answer = await search.FindAsync(scope, new SearchRights(false, false), Typed, 8, ct);
            Found = [.. answer.Direct.Concat(answer.Accounts).Where(hit => hit.Kind is SearchKind.Account && !Ids.Contains(hit.Id))];
        }

        Forecast = Accounts.Count == 2 && MayBeJoined ? await forecasts.OfAsync(ClusterKind.Account, Ids[0], Ids[1], ct) : null;
    }
}
