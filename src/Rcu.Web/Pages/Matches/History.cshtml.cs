using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Resolution;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Matches;

/// <summary>What stewards decided, and the way back.</summary>
internal sealed class HistoryModel(MatchHistory history, MatchReview review, DecisionUndo undo) : PageModel
{
    private const int PerPage = 50;

    /// <summary>What the rest of the desk shows; decisions are of both kinds.</summary>
    [BindProperty(SupportsGet = true, Name = "type")]
    public ClusterKind Kind { get; set; }

    public IReadOnlyList<DecisionRow> Rows { get; private set; } = [];

    public Guid? Following => Rows.Count == PerPage ? Rows[^1].Decision.Id : null;

    public async Task OnGetAsync([FromQuery(Name = "avant")] Guid? before, CancellationToken ct) =>
        Rows = await history.ListAsync(before, PerPage, ct);

    public async Task<IActionResult> OnPostUndoAsync(Guid id, CancellationToken ct)
    {
        var undone = await review.UndoAsync(id, User.Name, ct);
        if (!undone.Succeeded)
        {
            return this.RefuseAndReturn(undone.Error);
        }

        this.Notice("match.undone");
        return RedirectToPage();
    }

    /// <summary>A decision that answered no pair.</summary>
    public async Task<IActionResult> OnPostRevokeAsync(Guid id, CancellationToken ct)
    {
        var revoked = await undo.RevokeAsync(id, User.Name, ct);
        if (!revoked.Succeeded)
        {
            return this.RefuseAndReturn(revoked.Error);
        }

        this.Notice("match.undone");
        return RedirectToPage();
    }

    /// <summary>All the decisions of one act.</summary>
    public async Task<IActionResult> OnPostBatchAsync(Guid id, CancellationToken ct)
    {
        var revoked = await undo.RevokeBatchAsync(id, User.Name, ct);
        if (!revoked.Succeeded)
        {
            return this.RefuseAndReturn(revoked.Error);
        }

        this.Notice("bulk.undone", revoked.Value);
        return RedirectToPage();
    }
}
