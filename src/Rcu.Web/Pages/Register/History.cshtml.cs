using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Insight;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Register;

/// <summary>What was answered to the register, by whom, and the way back.</summary>
internal sealed class HistoryModel(RegisterReview review) : PageModel
{
    private const int PerPage = 50;

    public IReadOnlyList<RegisterJudgement> Rows { get; private set; } = [];

    public Guid? Following => Rows.Count == PerPage ? Rows[^1].Id : null;

    public async Task OnGetAsync([FromQuery(Name = "avant")] Guid? before, CancellationToken ct) => Rows = await review.HistoryAsync(before, PerPage, ct);

    public async Task<IActionResult> OnPostUndoAsync(Guid id, CancellationToken ct)
    {
        var undone = await review.UndoAsync(id, User.Name, ct);
        if (undone.Error is { } refusal)
        {
            return this.RefuseAndReturn(refusal);
        }

        this.Notice("register.desk.undone");
        return RedirectToPage();
    }
}
