using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Resolution;

namespace Rcu.Web.Pages.Matches;

/// <summary>The history of what was joined and parted, automatic and by hand.</summary>
internal sealed class FusionsModel(ClusterStories stories) : PageModel
{
    private const int PerPage = 50;

    [BindProperty(SupportsGet = true, Name = "type")]
    public ClusterKind Kind { get; set; }

    [BindProperty(SupportsGet = true, Name = "quoi")]
    public FusionKind? What { get; set; }

    public IReadOnlyList<Fusion> Rows { get; private set; } = [];

    public string? Following => Rows.Count == PerPage ? Place(Rows[^1]) : null;

    public async Task OnGetAsync([FromQuery(Name = "avant")] string? before, CancellationToken ct) =>
        Rows = await stories.ListAsync(Kind, What, Read(before), PerPage, ct);

    internal static string Place(Fusion last) => string.Create(CultureInfo.InvariantCulture, $"{last.At.UtcTicks}_{last.Id}");

    internal static (DateTimeOffset At, Guid Id)? Read(string? place) =>
        place?.Split('_') is [var ticks, var id] && long.TryParse(ticks, CultureInfo.InvariantCulture, out var at) && at > 0 && at < DateTimeOffset.MaxValue.UtcTicks && Guid.TryParse(id, out var last)
            ? (new DateTimeOffset(at, TimeSpan.Zero), last)
            : null;
}
