namespace Rcu.Insight.Boards;

/// <summary>What one role looks at: numbers, rates and breakdowns, in the order they are read.</summary>
public sealed record Board(string Name, IReadOnlyList<BoardPart> Parts)
{
    public static readonly IReadOnlyList<Board> All =
    [
        new("leads",
        [
            new("leads_received"), new("leads_treated", Over: "leads_received") { AlertBelow = 0.8 }, new("leads_accepted", Over: "leads_treated"),
            new("leads_converted", Over: "leads_accepted"), new("leads_won", Over: "leads_converted"), new("leads_received", ByLabel: true), new("moves", ByLabel: true),
        ]),
        new("ventes", [new("pipeline"), new("pipeline_late") { AlertAbove = 0 }, new("won", Over: "closed"), new("lost"), new("pipeline", ByLabel: true), new("churn_high"), new("etat", ByLabel: true)]),
        new("marche", [new("accounts_active"), new("accounts_registered", Over: "accounts_active"), new("accounts_registered", ByLabel: true)]),
        new("qualite", [new("accounts_scored"), new("accounts_poor", Over: "accounts_scored") { AlertAbove = 0.2 }, new("problems", ByLabel: true)]),
        new("delivrabilite", [new("mails"), new("bounces_hard", Over: "mails") { AlertAbove = 0.02 }, new("bounces_soft", Over: "mails") { AlertAbove = 0.05 }, new("mails", ByLabel: true)]),
        new("comptabilite", [new("invoiced"), new("credit_notes"), new("unpaid"), new("overdue") { AlertAbove = 0 }, new("overdue", ByLabel: true), new("invoiced", ByLabel: true)]),
        new("service", [new("complaints"), new("surveys"), new("satisfied", Over: "surveys") { AlertBelow = 0.7 }, new("complaints", ByLabel: true), new("surveys", ByLabel: true)]),
        new("produit", [new("ranges"), new("needs"), new("ranges", ByLabel: true), new("needs", ByLabel: true)]),
        new("digital", [new("digital"), new("ropo"), new("digital", ByLabel: true), new("channels", ByLabel: true)]),
    ];

    public static Board? Find(string name) => All.FirstOrDefault(board => board.Name == name);
}

/// <summary>One part of a board: a number; with <paramref name="Over"/> its rate of another number; by label, a breakdown.</summary>
public sealed record BoardPart(string Figure, string? Over = null, bool ByLabel = false)
{
    /// <summary>The share, or the number when it is no rate, under which someone should act.</summary>
    public double? AlertBelow { get; init; }

    /// <summary>That over which someone should act.</summary>
    public double? AlertAbove { get; init; }
}

/// <summary>The period, the campaign and the label a number is asked for. Empty texts do not filter.</summary>
public sealed record FigureAsked(DateOnly From, DateOnly To, string Label = "", string Campaign = "");

public sealed record FigureTotal(long Count, decimal? Amount);

public sealed record FigureLabel(string Label, long Count, decimal? Amount);

/// <summary>One row of the list that makes a number.</summary>
public sealed record FigureRow(Guid Id, Guid AccountId, string? Account, string? Label, DateOnly? At, decimal? Amount);

/// <summary>A part with its numbers.</summary>
/// <param name="Over">Of a rate, what it is the share of.</param>
public sealed record BoardAnswer(BoardPart Part, FigureTotal Total, FigureTotal? Over, IReadOnlyList<FigureLabel> Labels)
{
    public double? Rate => Over is { Count: > 0 } over ? (double)Total.Count / over.Count : null;

    public bool IsAlert
    {
        get
        {
            var value = Part.Over is null ? Total.Count : Rate;
            return value < Part.AlertBelow || value > Part.AlertAbove;
        }
    }
}
