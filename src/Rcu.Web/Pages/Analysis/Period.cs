using Rcu.Insight.Boards;

namespace Rcu.Web.Pages.Analysis;

/// <summary>The period a board is read over, as its address says it: a name, or two days.</summary>
public sealed class Period
{
    public static readonly IReadOnlyList<string> Names = ["12m", "90j", "30j", "annee", "tout"];

    /// <summary>Null: the last twelve months.</summary>
    public string? Periode { get; set; }

    public DateOnly? Du { get; set; }

    public DateOnly? Au { get; set; }

    public string Name => Periode is { } name && Names.Contains(name) ? name : Names[0];

    public FigureAsked Asked(DateOnly today, string? label = null, string? campaign = null)
    {
        var from = Name switch
        {
            "90j" => today.AddDays(-90),
            "30j" => today.AddDays(-30),
            "annee" => new DateOnly(today.Year, 1, 1),
            "tout" => new DateOnly(2000, 1, 1),
            _ => today.AddYears(-1),
        };
        return new FigureAsked(Du ?? from, Au ?? today, label ?? "", campaign ?? "");
    }
}
