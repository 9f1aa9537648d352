using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Rcu.Insight.Boards;
using Rcu.Segmentation;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Analysis;

/// <summary>The boards, one for each role: numbers that open their lists, rates with their alert, breakdowns with their table.</summary>
internal sealed class BoardsModel(KeptFigures figures, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Name { get; set; }

    [BindProperty(SupportsGet = true, Name = "periode")]
    public string? Chosen { get; set; }

    public Board Board { get; private set; } = Board.All[0];

    public string Period => new Period { Periode = Chosen }.Name;

    public FigureAsked Asked { get; private set; } = new(default, default);

    public IReadOnlyList<BoardAnswer> Answers { get; private set; } = [];

    /// <summary>The market beside the accounts, on its own board.</summary>
    public KeptMarket? Market { get; private set; }

    /// <summary>When the numbers were counted, if they may have changed since.</summary>
    public DateTimeOffset? CountedAt { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnGetExportAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct))
        {
            return NotFound();
        }

        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = $"attachment; filename={Board.Name}.csv";
        await using var file = SafeCsv.Open(Response.Body);
        await file.WriteLineAsync(SafeCsv.Line(
            texts["board.figure"].Value, texts["figure.label"].Value, texts["home.count"].Value, texts["column.amount"].Value, texts["board.rate"].Value));
        foreach (var answer in Answers)
        {
            var figure = Figure.Find(answer.Part.Figure)!;
            var name = texts[$"figure.{figure.Name}"].Value;
            if (!answer.Part.ByLabel)
            {
                await file.WriteLineAsync(SafeCsv.Line(name, "", answer.Total.Count, answer.Total.Amount, answer.Rate is { } rate ? Show.Percent(rate, 1) : ""));
            }

            foreach (var label in answer.Labels)
            {
                await file.WriteLineAsync(SafeCsv.Line(name, texts.Label(figure, label.Label), label.Count, label.Amount, ""));
            }
        }

        return new EmptyResult();
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (Board.Find(Name ?? Board.All[0].Name) is not { } board)
        {
            return false;
        }

        Board = board;
        var kept = await figures.ReadAsync(board, new Period { Periode = Chosen }, ct);
        (Asked, Answers, CountedAt) = (kept.Asked, kept.Answers, kept.IsLarge ? kept.At : null);
        Market = board.Name == "marche" ? await figures.MarketAsync(ct) : null;
        return true;
    }
}
