using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Rcu.Reference;
using Rcu.Segmentation;

namespace Rcu.Web.Pages.Quality;

/// <summary>What the switch to NAF 2025 changes: the accounts of each code, the segments that name codes.</summary>
internal sealed class NafModel(NafSwitch naf, IStringLocalizer<Texts> texts) : PageModel
{
    public const int Shown = 100;

    public NafReport Report { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken ct) => Report = await naf.ReadAsync(ct);

    public async Task<IActionResult> OnGetExportAsync(CancellationToken ct)
    {
        var report = await naf.ReadAsync(ct);
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = "attachment; filename=naf-2025.csv";
        await using var file = SafeCsv.Open(Response.Body);
        await file.WriteLineAsync(SafeCsv.Line(
            texts["column.naf"].Value, texts["naf.label"].Value, texts["naf.accounts"].Value, texts["naf.given"].Value, texts["naf.possible"].Value,
            texts["naf.fate"].Value));
        foreach (var line in report.Codes)
        {
            await file.WriteLineAsync(SafeCsv.Line(
                line.Naf, Naf.Find(line.Naf)?.Label, line.Accounts, line.Known.Select(k => $"{k.Naf2025} ({k.Rows})"), line.Possible,
                texts[$"naf.fate.{line.Fate}"].Value));
        }

        return new EmptyResult();
    }

    public static string? Tone(NafFate fate) => fate switch { NafFate.One => "good", NafFate.Several => "warn", _ => "bad" };
}
