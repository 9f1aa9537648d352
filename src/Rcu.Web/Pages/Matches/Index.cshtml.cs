using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Resolution;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;

namespace Rcu.Web.Pages.Matches;

/// <summary>The pairs that wait for a data steward, and how the work goes.</summary>
internal sealed class IndexModel(MatchGroups groups, MatchLocks locks, Colleagues colleagues, SideReads side, RcuDb db, TimeProvider clock)
    : PageModel
{
    [BindProperty(SupportsGet = true)]
    public QueueQuery Query { get; set; } = new();

    /// <summary>A pair whose group is looked at: all its pairs, one a line.</summary>
    [BindProperty(SupportsGet = true, Name = "groupe")]
    public Guid? Group { get; set; }

    public IReadOnlyList<MatchGroup> Rows { get; private set; } = [];

    /// <summary>Who else looks at which of them now.</summary>
    public IReadOnlyDictionary<Guid, string> Holders { get; private set; } = new Dictionary<Guid, string>();

    public MatchCounts Counts { get; private set; } = new(0, 0, 0, 0, 0, 0);

    public MatchQualityFigures? Quality { get; private set; }

    public IReadOnlyList<(string Value, string Label)> SourcePairs { get; private set; } = [];

    public IReadOnlyList<(Guid Id, string Name)> Segments { get; private set; } = [];

    public IReadOnlyList<Colleague> Owners { get; private set; } = [];

    /// <summary>Where the next page begins; null when this one is the last.</summary>
    public Guid? Following => Group is null && Rows.Count == MatchQueue.PerPage ? Rows[^1].Lead.Match.Id : null;

    public DateTimeOffset Now => clock.GetUtcNow();

    public string PairLink(Guid id) => Url.Page("Compare", new RouteValueDictionary(Query.With()) { ["id"] = id })!;

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "apres")] Guid? after, CancellationToken ct)
    {
        var filter = Query.ToFilter(User.Names);
        await using var figures = Request.IsHtmx ? null : side.Begin(async other => (
            Counts: await new MatchQueue(other, clock).CountAsync(Query.Kind, Days.StartOf(Now), ct), Quality: await new MatchQuality(other).MeasureAsync(Query.Kind, ct)));
        Rows = Group is { } pair
            ? [.. (await groups.PairsAsync(filter, pair, ct)).Select(row => new MatchGroup(row, [row.Match.Id], 2))]
            : await groups.ListAsync(filter, after, MatchQueue.PerPage, ct);
        Holders = (await locks.HoldersAsync([.. Rows.Select(r => r.Lead.Match.Id)], ct)).Where(h => h.Value != User.Name).ToDictionary();
        if (figures is null)
        {
            return Partial("_Rows", this);
        }

        Segments = [.. (await db.Segments.AsNoTracking().Where(s => s.ArchivedAt == null).OrderBy(s => s.Name).Select(s => new { s.Id, s.Name }).ToListAsync(ct)).Select(s => (s.Id, s.Name))];
        Owners = await colleagues.ListAsync(ct);
        var sources = await db.Sources.AsNoTracking().Where(s => s.Name != Source.Saisie).OrderBy(s => s.Priority).ToListAsync(ct);
        SourcePairs =
        [
            .. sources.SelectMany((one, i) => sources.Skip(i).Select(other => (QueueQuery.Pair(one.Name, other.Name), $"{one.Label} × {other.Label}"))),
        ];
        (Counts, Quality) = await figures.ValueAsync();
        return Page();
    }
}
