using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Resolution;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Matches;

/// <summary>The pairs that wait for a data steward, and how the work goes.</summary>
internal sealed class IndexModel(MatchQueue queue, MatchLocks locks, MatchQuality quality, RcuDb db, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public QueueQuery Query { get; set; } = new();

    public IReadOnlyList<MatchRow> Rows { get; private set; } = [];

    /// <summary>Who else looks at which of them now.</summary>
    public IReadOnlyDictionary<Guid, string> Holders { get; private set; } = new Dictionary<Guid, string>();

    public MatchCounts Counts { get; private set; } = new(0, 0, 0, 0, 0, 0);

    public MatchQualityFigures? Quality { get; private set; }

    public IReadOnlyList<(string Value, string Label)> SourcePairs { get; private set; } = [];

    /// <summary>Where the next page begins; null when this one is the last.</summary>
    public Guid? Following => Rows.Count == MatchQueue.PerPage ? Rows[^1].Match.Id : null;

    public DateTimeOffset Now => clock.GetUtcNow();

    public string PairLink(Guid id) => Url.Page("Compare", new RouteValueDictionary(Query.With()) { ["id"] = id })!;

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "apres")] Guid? after, CancellationToken ct)
    {
        Rows = await queue.ListAsync(Query.ToFilter(), after, MatchQueue.PerPage, ct);
        Holders = (await locks.HoldersAsync([.. Rows.Select(r => r.Match.Id)], ct)).Where(h => h.Value != User.Name).ToDictionary();
        if (Request.IsHtmx)
        {
            return Partial("_Rows", this);
        }

        Counts = await queue.CountAsync(Query.Kind, Days.StartOf(Now), ct);
        Quality = await quality.MeasureAsync(Query.Kind, ct);
        var sources = await db.Sources.AsNoTracking().Where(s => s.Name != Source.Saisie).OrderBy(s => s.Priority).ToListAsync(ct);
        SourcePairs =
        [
            .. sources.SelectMany((one, i) => sources.Skip(i).Select(other => (QueueQuery.Pair(one.Name, other.Name), $"{one.Label} × {other.Label}"))),
        ];
        return Page();
    }
}
