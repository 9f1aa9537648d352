using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Customers;
using Rcu.Exploration;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Quality;

/// <summary>The quality of what the hub knows: by source, by field, over time, and what to put right first. Each figure leads to its list.</summary>
internal sealed class IndexModel(QualityBoards boards, TimeProvider clock) : PageModel
{
    private const int Width = 600;
    private const int Height = 118;

    [BindProperty(SupportsGet = true, Name = "type")]
    public RecordKind Kind { get; set; } = RecordKind.Account;

    [BindProperty(SupportsGet = true, Name = "source")]
    public string? Source { get; set; }

    public QualityBoard? Board { get; private set; }

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The curve, from 0 to 100 whatever the values: a slope is worth what it looks.</summary>
    public string TrendPoints
    {
        get
        {
            var trend = Board!.Trend;
            var (first, span) = (trend[0].Day.DayNumber, Math.Max(1, trend[^1].Day.DayNumber - trend[0].Day.DayNumber));
            return string.Join(' ', trend.Select(point => string.Create(
                CultureInfo.InvariantCulture, $"{(point.Day.DayNumber - first) * Width / span},{Height - (point.Total * Height / 100):0.#}")));
        }
    }

    public async Task OnGetAsync(CancellationToken ct)
    {
        Kind = Kind is RecordKind.Contact ? Kind : RecordKind.Account;
        Board = await boards.ReadAsync(Kind, Source ?? "", ct);
    }

    public static string Score(decimal value) => value.ToString("0.#", CultureInfo.CurrentCulture);

    public static string Change(QualityProblem problem) => (problem.Rows - problem.Before) switch
    {
        null => Show.Nothing,
        0 => "=",
        > 0 and var more => $"+{Show.Count(more)}",
        var less => $"−{Show.Count(-less.Value)}",
    };

    public static string BoardLink(RecordKind kind, string source) => "/qualite" + QueryString.Create(
        new (string Name, string Value)[] { ("type", kind is RecordKind.Account ? "" : $"{kind}"), ("source", source) }
            .Where(v => v.Value.Length > 0).Select(v => KeyValuePair.Create(v.Name, (string?)v.Value)));

    /// <summary>The rows that a figure counts.</summary>
    public string ListLink(string? problem) => (Kind is RecordKind.Account ? "/comptes" : "/contacts") + QueryString.Create(
        new (string Name, string? Value)[] { ("probleme", problem), ("source", Board!.Source), ("tri", problem is null ? "Quality" : null) }
            .Where(v => !string.IsNullOrEmpty(v.Value)).Select(v => KeyValuePair.Create(v.Name, v.Value)));

    /// <summary>Where it is put right: pairs at the desk, the rest on the sheets.</summary>
    public string FixLink(string problem) =>
        problem.StartsWith("uniqueness.", StringComparison.Ordinal) && Board!.Source.Length == 0 ? $"/doublons?type={Kind}" : ListLink(problem);
}
