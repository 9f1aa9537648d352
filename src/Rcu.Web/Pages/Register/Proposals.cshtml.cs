using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Insight;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Register;

/// <summary>What the register says happened to accounts, and what accepting each would do.</summary>
internal sealed class ProposalsModel(RegisterProposals proposals, RegisterEffects effects, RegisterReview review) : PageModel
{
    private const int PerPage = 20;

    public IReadOnlyList<(RegisterProposal Proposal, RegisterEffect? Effect)> Rows { get; private set; } = [];

    public Guid? Following => Rows.Count == PerPage ? Rows[^1].Proposal.Id : null;

    public async Task OnGetAsync([FromQuery(Name = "apres")] Guid? after, CancellationToken ct)
    {
        var rows = new List<(RegisterProposal, RegisterEffect?)>();
        foreach (var proposal in await proposals.ListAsync(after, PerPage, ct))
        {
            rows.Add((proposal, await effects.OfAsync(proposal, ct)));
        }

        Rows = rows;
    }

    public Task<IActionResult> OnPostAcceptAsync(Guid id, CancellationToken ct) => JudgeAsync(id, RegisterVerdict.Accepted, ct);

    public Task<IActionResult> OnPostDismissAsync(Guid id, CancellationToken ct) => JudgeAsync(id, RegisterVerdict.Refused, ct);

    private async Task<IActionResult> JudgeAsync(Guid id, RegisterVerdict verdict, CancellationToken ct)
    {
        var judged = await review.JudgeProposalAsync(id, verdict, User.Name, ct);
        if (judged.Error is { } refusal)
        {
            return this.RefuseAndReturn(refusal);
        }

        this.Notice(verdict is RegisterVerdict.Accepted ? "proposal.accepted" : "proposal.dismissed");
        return RedirectToPage();
    }
}
