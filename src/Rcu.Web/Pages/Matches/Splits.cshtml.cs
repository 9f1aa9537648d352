using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Resolution;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Matches;

/// <summary>The golden rows whose records have lost their reasons to be one, and the two answers a steward has.</summary>
internal sealed class SplitsModel(SplitReview review) : PageModel
{
    private const int PerPage = 20;

    [BindProperty(SupportsGet = true, Name = "type")]
    public ClusterKind Kind { get; set; }

    public IReadOnlyList<SplitRow> Rows { get; private set; } = [];

    /// <summary>Where the next page begins; null when this one is the last.</summary>
    public Guid? Following => Rows.Count == PerPage ? Rows[^1].Split.Id : null;

    public async Task OnGetAsync([FromQuery(Name = "apres")] Guid? after, CancellationToken ct) =>
        Rows = await review.ListAsync(Kind, after, PerPage, ct);

    public Task<IActionResult> OnPostPartAsync(Guid id, CancellationToken ct) => JudgeAsync(id, part: true, ct);

    public Task<IActionResult> OnPostKeepAsync(Guid id, CancellationToken ct) => JudgeAsync(id, part: false, ct);

    private async Task<IActionResult> JudgeAsync(Guid id, bool part, CancellationToken ct)
    {
        var judged = await review.JudgeAsync(id, part, User.Name, ct);
        if (!judged.Succeeded)
        {
            return this.RefuseAndReturn(judged.Error);
        }

        this.Notice(part ? "split.parted" : "split.kept");
        return RedirectToPage(new { type = Kind });
    }
}
