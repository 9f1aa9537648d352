using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Ingestion.Sirene;
using Rcu.Insight;
using Rcu.Jobs;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Register;

/// <summary>The accounts without a SIREN and the units of the register they may be, one by one or the surest together.</summary>
internal sealed class IndexModel(RegisterQueue queue, RegisterSearch search, RegisterReview review, SireneFollowing following, PipelineRuns pipeline) : PageModel
{
    public const int PerPage = 30;

    private const int Sample = 20;

    public IReadOnlyList<AccountToName> Rows { get; private set; } = [];

    /// <summary>How the register is followed day by day; null when it is not.</summary>
    public SireneFollow? Follow { get; private set; }

    public Run? LastReading { get; private set; }

    /// <summary>How many accounts nobody looked for yet.</summary>
    public long Unsearched { get; private set; }

    /// <summary>From which score accounts are to be answered together; null while nobody asked.</summary>
    [BindProperty(SupportsGet = true, Name = "score")]
    public int? Score { get; set; }

    /// <summary>Those that would be answered together.</summary>
    public IReadOnlyList<AccountToName> Sure { get; private set; } = [];

    public IEnumerable<AccountToName> Shown => Sure.Take(Sample);

    public Guid? Following => Rows.Count == PerPage ? Rows[^1].AccountId : null;

    public async Task OnGetAsync([FromQuery(Name = "apres")] Guid? after, CancellationToken ct)
    {
        Follow = await following.FindAsync(ct);
        LastReading = (await following.RunsAsync(5, ct)).FirstOrDefault(run => run.HasEnded);
        Unsearched = await search.WaitingAsync(ct);
        if (Score is { } score)
        {
            Score = Math.Clamp(score, RegisterReview.SurestScore, 100);
            Sure = await queue.SureAsync(Score.Value, Unification.Acceptances.Most, ct);
        }

        Rows = await queue.ListAsync(after, 1, PerPage, ct);
    }

    public async Task<IActionResult> OnPostAcceptAsync(int score, CancellationToken ct)
    {
        var accepted = await review.AcceptSureAsync(score, User.Name, ct);
        if (accepted.Error is { } refusal)
        {
            return this.RefuseAndReturn(refusal);
        }

        this.Notice("register.desk.accepted_many", accepted.Value!.Count);
        return accepted.Value.Count == 0 ? RedirectToPage() : RedirectToPage("History");
    }

    public async Task<IActionResult> OnPostSearchAsync(CancellationToken ct)
    {
        await pipeline.RequestAsync(User.Name, ct);
        this.Notice("register.desk.searching");
        return RedirectToPage();
    }
}
