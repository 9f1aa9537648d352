using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Rcu.Exploration;
using Rcu.Security;
using Rcu.Segmentation;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Quality;

/// <summary>Whether electronic invoices would reach the customers, and what is missing for the others.</summary>
internal sealed class InvoicingModel(InvoicingReport report, AccountScope scope, Audit audit, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    private const int PageSize = 50;

    public string? Gap { get; private set; }

    public InvoicingFigures? Figures { get; private set; }

    public IReadOnlyList<InvoicingRow> Rows { get; private set; } = [];

    /// <summary>The last row of this page, when another follows.</summary>
    public Guid? Next { get; private set; }

    public DateTimeOffset Now => clock.GetUtcNow();

    public async Task OnGetAsync(string? manque, Guid? apres, CancellationToken ct)
    {
        Gap = Known(manque);
        Figures = await report.FiguresAsync(ct);
        var rows = await report.ListAsync(scope, Gap, apres, PageSize + 1, ct);
        Rows = [.. rows.Take(PageSize)];
        Next = rows.Count > PageSize ? Rows[^1].AccountId : null;
    }

    public async Task<IActionResult> OnGetExportAsync(string? manque, CancellationToken ct)
    {
        await audit.NoteAsync(User.Name, "invoicing.exported", Known(manque), ct);
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = "attachment; filename=facturation-electronique.csv";
        await using var file = SafeCsv.Open(Response.Body);
        await file.WriteLineAsync(SafeCsv.Line(
            texts["column.name"].Value, "SIREN", "SIRET", texts["score.field.vat"].Value, texts["invoicing.routing"].Value,
            texts["invoicing.proposed_column"].Value, texts["invoicing.is_ready"].Value, texts["invoicing.missing"].Value));
        await foreach (var row in report.AllAsync(scope, Known(manque)).WithCancellation(ct))
        {
            await file.WriteLineAsync(SafeCsv.Line(
                row.Name, row.Siren?.Value, row.Siret, row.Vat, row.RoutingAddress, row.Proposed, texts[row.Gaps.Count == 0 ? "yes" : "no"].Value,
                row.Gaps.Select(gap => texts[$"invoicing.gap.{gap}"].Value)));
        }

        return new EmptyResult();
    }

    public static string Link(string? gap, Guid? after, string? handler = null) => "/qualite/facturation" + QueryString.Create(
        new (string Name, string? Value)[] { ("handler", handler), ("manque", gap), ("apres", after?.ToString()) }
            .Where(v => v.Value is not null).Select(v => KeyValuePair.Create(v.Name, v.Value)));

    private static string? Known(string? gap) => gap == InvoicingReport.Ready || InvoicingReport.Gaps.Contains(gap ?? "") ? gap : null;
}
