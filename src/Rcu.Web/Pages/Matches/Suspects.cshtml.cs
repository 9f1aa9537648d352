using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Resolution;

namespace Rcu.Web.Pages.Matches;

/// <summary>The accounts and contacts whose records do not all fit each other, the most doubtful first.</summary>
internal sealed class SuspectsModel(SuspectReview review) : PageModel
{
    private const int PerPage = 30;

    [BindProperty(SupportsGet = true, Name = "type")]
    public ClusterKind Kind { get; set; }

    public IReadOnlyList<SuspectRow> Rows { get; private set; } = [];

    /// <summary>Where the next page begins; null when this one is the last.</summary>
    public Guid? Following => Rows.Count == PerPage ? Rows[^1].Suspect.Id : null;

    public async Task OnGetAsync([FromQuery(Name = "apres")] Guid? after, CancellationToken ct) =>
        Rows = await review.ListAsync(Kind, after, PerPage, ct);
}
