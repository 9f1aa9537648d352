using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Insight.Boards;

namespace Rcu.Web.Pages.Analysis;

/// <summary>The paths of accounts: channels by stages, with how many go on and how fast. Each number opens its accounts.</summary>
internal sealed class JourneyModel(Journeys journeys, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "periode")]
    public string? Chosen { get; set; }

    public string Period => new Period { Periode = Chosen }.Name;

    public FigureAsked Asked { get; private set; } = new(default, default);

    public JourneyMatrix Matrix { get; private set; } = new([], []);

    public async Task OnGetAsync(CancellationToken ct)
    {
        Asked = new Period { Periode = Chosen }.Asked(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        Matrix = await journeys.ReadAsync(Asked, ct);
    }
}
