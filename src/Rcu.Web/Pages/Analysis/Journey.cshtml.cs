using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Insight.Boards;

namespace Rcu.Web.Pages.Analysis;

/// <summary>The paths of accounts: channels by stages, with how many go on and how fast. Each number opens its accounts.</summary>
internal sealed class JourneyModel(KeptFigures figures) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "periode")]
    public string? Chosen { get; set; }

    public string Period => new Period { Periode = Chosen }.Name;

    public FigureAsked Asked { get; private set; } = new(default, default);

    public JourneyMatrix Matrix { get; private set; } = new([], []);

    /// <summary>When the numbers were counted, if they may have changed since.</summary>
    public DateTimeOffset? CountedAt { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        var kept = await figures.JourneyAsync(new Period { Periode = Chosen }, ct);
        (Asked, Matrix, CountedAt) = (kept.Asked, kept.Matrix, kept.IsLarge ? kept.At : null);
    }
}
