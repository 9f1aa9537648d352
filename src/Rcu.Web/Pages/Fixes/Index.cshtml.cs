using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Resolution;
using Rcu.Unification.Fixes;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Fixes;

/// <summary>The corrections the hub proposes, by problem: accept or reject all of them, or those that are ticked.</summary>
internal sealed class IndexModel(FixReview review, Ingestion.Imports imports) : PageModel
{
    public IReadOnlyList<FixGroup> Groups { get; private set; } = [];

    public IReadOnlyList<FixAnswer> Answers { get; private set; } = [];

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<IActionResult> OnPostSearchAsync(CancellationToken ct)
    {
        await review.SearchAsync(ct);
        this.Notice("fix.searched");
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostAsync(ClusterKind kind, string code, string act, Guid[] rows, CancellationToken ct)
    {
        var some = act is "accept_some" or "reject_some";
        var command = new AnswerFixes(kind, code ?? "", some ? rows : null);
        var accepted = act is "accept" or "accept_some";
        var done = accepted ? await review.AcceptAsync(command, User.Name, ct) : await review.RejectAsync(command, User.Name, ct);
        if (!done.Succeeded)
        {
            await LoadAsync(ct);
            return this.Refuse(done.Error);
        }

        this.Notice(accepted ? "fix.accepted" : "fix.rejected", done.Value.Count);
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostUndoAsync(Guid run, CancellationToken ct)
    {
        var undone = await imports.UndoAsync(run, User.Name, ct);
        if (!undone.Succeeded)
        {
            await LoadAsync(ct);
            return this.Refuse(undone.Error);
        }

        this.Notice("fix.undone");
        return RedirectToPage();
    }

    private async Task LoadAsync(CancellationToken ct) => (Groups, Answers) = (await review.ListAsync(ct), await review.AnswersAsync(ct));
}
