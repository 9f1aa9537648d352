using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Customers;
using Rcu.Exploration;

namespace Rcu.Web.Pages.Quality;

/// <summary>Everyone who contributes accounts, for the stewards: whom to help first.</summary>
internal sealed class PeopleModel(Contributors contributors) : PageModel
{
    public IReadOnlyList<ContributorLine> People { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => People = await contributors.ListAsync(RecordKind.Account, ct);
}
