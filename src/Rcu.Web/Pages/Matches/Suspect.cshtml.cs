using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Resolution;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Matches;

/// <summary>The records of one doubtful account or contact, where it would part, and the two answers a steward has.</summary>
internal sealed class SuspectModel(SuspectReview review) : PageModel
{
    public SuspectGroup Group { get; private set; } = null!;

    /// <summary>Which records are ticked.</summary>
    public IReadOnlySet<Guid> Ticked { get; private set; } = new HashSet<Guid>();

    public string? Reason { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) =>
        await LoadAsync(id, ct) is { } refusal ? this.Refuse(refusal) : Page();

    public Task<IActionResult> OnPostPartAsync(Guid id, List<Guid> leaving, string? reason, CancellationToken ct) =>
        JudgeAsync(id, new JudgeSuspect(Judgement.Different, reason, leaving), "suspect.parted", ct);

    public Task<IActionResult> OnPostCheckAsync(Guid id, List<Guid> leaving, string? reason, CancellationToken ct) =>
        JudgeAsync(id, new JudgeSuspect(Judgement.Same, reason, leaving), "suspect.checked", ct);

    private async Task<IActionResult> JudgeAsync(Guid id, JudgeSuspect command, string done, CancellationToken ct)
    {
        var judged = await review.JudgeAsync(id, command, User.Name, ct);
        if (judged.Succeeded)
        {
            this.Notice(done);
            return RedirectToPage("Suspects", new { type = judged.Value.Kind is ClusterKind.Account ? null : judged.Value.Kind.ToString() });
        }

        if (await LoadAsync(id, ct) is { } gone)
        {
            return this.Refuse(gone);
        }

        (Ticked, Reason) = ((command.Leaving ?? []).ToHashSet(), command.Reason);
        return this.Refuse(judged.Error);
    }

    private async Task<Error?> LoadAsync(Guid id, CancellationToken ct)
    {
        var found = await review.FindAsync(id, ct);
        if (found.Succeeded)
        {
            Group = found.Value;
            Ticked = Group.Suspect.PartedRecordIds.ToHashSet();
        }

        return found.Error;
    }
}
