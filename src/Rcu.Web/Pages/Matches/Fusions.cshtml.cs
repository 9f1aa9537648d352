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

    [BindProperty(SupportsGet = true, Name = "du")]
    public DateOnly? Since { get; set; }

    /// <summary>The last day, itself included.</summary>
    [BindProperty(SupportsGet = true, Name = "au")]
    public DateOnly? Until { get; set; }

    [BindProperty(SupportsGet = true, Name = "qui")]
    public string? Who { get; set; }

    [BindProperty(SupportsGet = true, Name = "comment")]
    public FusionWay? Way { get; set; }

    public bool IsFiltered => What is not null || Since is not null || Until is not null || !string.IsNullOrWhiteSpace(Who) || Way is not null;

    public IReadOnlyList<Fusion> Rows { get; private set; } = [];

    public string? Following => Rows.Count == PerPage ? Place(Rows[^1]) : null;

    public async Task OnGetAsync([FromQuery(Name = "avant")] string? before, CancellationToken ct) =>
        Rows = await stories.ListAsync(
            new FusionFilter(
                Kind, What, Since is { } first ? Days.Start(first) : null, Until is { } last && last < DateOnly.MaxValue ? Days.Start(last.AddDays(1)) : null,
                string.IsNullOrWhiteSpace(Who) ? null : Who.Trim(), Way is { } way ? way is FusionWay.Hand : null),
            Read(before), PerPage, ct);

    public Dictionary<string, string?> After(string place) => new Dictionary<string, string?>
    {
        ["type"] = Kind is ClusterKind.Account ? null : Kind.ToString(),
        ["quoi"] = What?.ToString(),
        ["du"] = Since?.ToString("O", CultureInfo.InvariantCulture),
        ["au"] = Until?.ToString("O", CultureInfo.InvariantCulture),
        ["qui"] = Who,
        ["comment"] = Way?.ToString(),
        ["avant"] = place,
    }.Where(part => part.Value is not null).ToDictionary();

    internal static string Place(Fusion last) => string.Create(CultureInfo.InvariantCulture, $"{last.At.UtcTicks}_{last.Id}");

    internal static (DateTimeOffset At, Guid Id)? Read(string? place) =>
        place?.Split('_') is [var ticks, var id] && long.TryParse(ticks, CultureInfo.InvariantCulture, out var at) && at > 0 && at < DateTimeOffset.MaxValue.UtcTicks && Guid.TryParse(id, out var last)
            ? (new DateTimeOffset(at, TimeSpan.Zero), last)
            : null;
}

/// <summary>Who brought it about.</summary>
internal enum FusionWay
{
    Hub,
    Hand,
}
