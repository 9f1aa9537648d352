using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Rcu.Insight.Boards;
using Rcu.Security;
using Rcu.Segmentation;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Analysis;

/// <summary>The rows that make one number of a board: the same statement counts and lists.</summary>
internal sealed class FigureListModel(Figures figures, Audit audit, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Name { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string? Periode { get; set; }

    /// <summary>Only the rows of one label.</summary>
    [BindProperty(SupportsGet = true)]
    public string? P { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Campagne { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? Du { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? Au { get; set; }

    public Figure Figure { get; private set; } = Figure.All[0];

    public FigureAsked Asked { get; private set; } = new(default, default);

    public FigureTotal Total { get; private set; } = new(0, null);

    public IReadOnlyList<FigureRow> Rows { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!Load())
        {
            return NotFound();
        }

        Total = await figures.CountAsync(Figure, Asked, ct);
        Rows = await figures.RowsAsync(Figure, Asked, Figures.Shown, ct).ToListAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnGetExportAsync(CancellationToken ct)
    {
        if (!Load())
        {
            return NotFound();
        }

        await audit.NoteAsync(User.Name, "figure.exported", Name, ct);
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = $"attachment; filename={Figure.Name}.csv";
        await using var file = SafeCsv.Open(Response.Body);
        await file.WriteLineAsync(SafeCsv.Line(
            texts["column.name"].Value, texts["figure.label"].Value, texts["column.date"].Value, texts["column.amount"].Value, texts["figure.account"].Value));
        await foreach (var row in figures.RowsAsync(Figure, Asked, null, ct))
        {
            await file.WriteLineAsync(SafeCsv.Line(row.Account, texts.Label(Figure, row.Label), Show.Date(row.At), row.Amount, row.AccountId));
        }

        return new EmptyResult();
    }

    private bool Load()
    {
        if (Figure.Find(Name) is not { } figure)
        {
            return false;
        }

        Figure = figure;
        Asked = new Period { Periode = Periode, Du = Du, Au = Au }.Asked(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), P, Campagne);
        return true;
    }
}
