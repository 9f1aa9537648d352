using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Rcu.Resolution;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Matches;

/// <summary>From which probability the hub joins and asks: what other cuts would change, before they are saved.</summary>
internal sealed class CutsModel(CutReview review, MatchAdvice advice, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "type")]
    public ClusterKind Kind { get; set; }

    public IReadOnlyList<MatchCuts> Versions { get; private set; } = [];

    public Cuts InForce { get; private set; } = Cuts.Shipped;

    public int Version => Versions.Count == 0 ? 0 : Versions[0].Version;

    public CutAdvice Advice { get; private set; } = new(0, null, null);

    public IReadOnlyList<MatchDrift> Drifts { get; private set; } = [];

    public string Automatic { get; private set; } = "";

    public string Review { get; private set; } = "";

    /// <summary>What the cuts that were typed would change; null until some were.</summary>
    public CutTrial? Trial { get; private set; }

    public async Task<IActionResult> OnGetAsync(
        [FromQuery(Name = "reunir")] string? automatic, [FromQuery(Name = "demander")] string? asked, CancellationToken ct)
    {
        await LoadAsync(ct);
        return automatic is null && asked is null ? Page() : await TryAsync(automatic, asked, ct) ?? Page();
    }

    public async Task<IActionResult> OnPostAsync(string? automatic, string? asked, string? reason, int version, CancellationToken ct)
    {
        await LoadAsync(ct);
        if (CutsForm.Read(automatic, asked) is not { } wanted)
        {
            return Unreadable(automatic, asked);
        }

        var set = await review.SetAsync(new SetCuts(Kind, wanted.Automatic, wanted.Review, reason, version), User.Name, ct);
        if (set.Succeeded)
        {
            this.Notice("cuts.saved");
            return RedirectToPage(new { type = Kind is ClusterKind.Account ? null : Kind.ToString() });
        }

        return await TryAsync(automatic, asked, ct) ?? this.Refuse(set.Error);
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        Versions = await review.VersionsAsync(Kind, ct);
        InForce = CutReview.InForce(Versions);
        Advice = await advice.AdviseAsync(Kind, ct);
        Drifts = await advice.DriftsAsync(Kind, ct);
        (Automatic, Review) = (CutsForm.Percent(InForce.Automatic), CutsForm.Percent(InForce.Review));
    }

    // Null when the trial can be shown.
    private async Task<IActionResult?> TryAsync(string? automatic, string? asked, CancellationToken ct)
    {
        if (CutsForm.Read(automatic, asked) is not { } wanted)
        {
            return Unreadable(automatic, asked);
        }

        (Automatic, Review) = (CutsForm.Percent(wanted.Automatic), CutsForm.Percent(wanted.Review));
        var trial = await review.TryAsync(new SetCuts(Kind, wanted.Automatic, wanted.Review), ct);
        if (!trial.Succeeded)
        {
            return Unreadable(automatic, asked);
        }

        Trial = trial.Value;
        return null;
    }

    private PageResult Unreadable(string? automatic, string? asked)
    {
        (Automatic, Review) = (automatic ?? "", asked ?? "");
        ModelState.AddModelError("", texts["cuts.unreadable"]);
        var answer = Page();
        answer.StatusCode = StatusCodes.Status400BadRequest;
        return answer;
    }
}
