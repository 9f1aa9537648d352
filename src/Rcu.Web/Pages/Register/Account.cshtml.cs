using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Insight;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Register;

/// <summary>One account without a SIREN beside the units it may be: one of them, none of them, later.</summary>
internal sealed class AccountModel(RegisterQueue queue, RegisterReview review) : PageModel
{
    private const string JudgedKey = "register-judged";

    public AccountToName Asked { get; private set; } = null!;

    public Guid? Next { get; private set; }

    public Guid? Previous { get; private set; }

    /// <summary>The answer given just before, which can still be taken back from here.</summary>
    public Guid? Judged { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        Judged = TempData[JudgedKey] as Guid?;
        return await LoadAsync(id, ct) is { } refusal ? this.Refuse(refusal) : Page();
    }

    public Task<IActionResult> OnPostAcceptAsync(Guid id, string siret, CancellationToken ct) =>
        JudgeAsync(id, new JudgeAccount(RegisterVerdict.Accepted, siret), ct);

    public Task<IActionResult> OnPostRefuseAsync(Guid id, string? siret, CancellationToken ct) =>
        JudgeAsync(id, new JudgeAccount(RegisterVerdict.Refused, siret), ct);

    public async Task<IActionResult> OnPostUndoAsync(Guid id, Guid judgement, CancellationToken ct)
    {
        var undone = await review.UndoAsync(judgement, User.Name, ct);
        return undone.Error is null ? RedirectToPage(new { id = undone.Value!.AccountId })
            : await LoadAsync(id, ct) is { } gone ? this.Refuse(gone) : this.Refuse(undone.Error);
    }

    private async Task<IActionResult> JudgeAsync(Guid id, JudgeAccount command, CancellationToken ct)
    {
        var next = await queue.NextAsync(id, ct);
        var judged = await review.JudgeAsync(id, command, User.Name, ct);
        if (judged.Error is { } refusal)
        {
            return await LoadAsync(id, ct) is { } gone ? this.Refuse(gone) : this.Refuse(refusal);
        }

        TempData[JudgedKey] = judged.Value!.Id;
        var stays = command is { Verdict: RegisterVerdict.Refused, Siret: not null } && await queue.FindAsync(id, ct) is { Value.Candidates.Count: > 0 };
        return stays ? RedirectToPage(new { id })
            : next is { } following && following != id ? RedirectToPage(new { id = following })
            : RedirectToPage("Index");
    }

    private async Task<Error?> LoadAsync(Guid id, CancellationToken ct)
    {
        var found = await queue.FindAsync(id, ct);
        if (found.Value is not { } asked)
        {
            return found.Error;
        }

        Asked = asked;
        Next = await queue.NextAsync(id, ct) is { } next && next != id ? next : null;
        Previous = await queue.PreviousAsync(id, ct);
        return null;
    }
}
