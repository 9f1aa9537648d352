using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Rcu.Exploration;
using Rcu.Security;
using Rcu.Segmentation;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Accounts;

/// <summary>A list of accounts as a file, as the address filters it.</summary>
internal sealed class ExportModel(AccountExport export, AccountScope scope, IStringLocalizer<Texts> texts, TimeProvider clock) : AccountListPage
{
    [BindProperty(SupportsGet = true)]
    public ExportFormat Format { get; set; }

    public Task<IActionResult> OnGetAsync(CancellationToken ct) => WriteAsync(null, ct);

    /// <summary>Those that were ticked, or all those of the list.</summary>
    public async Task<IActionResult> OnPostAsync(List<Guid> ids, bool all, CancellationToken ct)
    {
        if (ids.Count == 0 && !all)
        {
            this.NoticeRefusal(ExplorationErrors.AccountNotFound);
            return LocalRedirect($"/comptes{Joined(Carried)}");
        }

        return await WriteAsync(all ? null : ids, ct);
    }

    private async Task<IActionResult> WriteAsync(IReadOnlyList<Guid>? ids, CancellationToken ct)
    {
        Begin(Response, Format);
        Response.Headers.ContentDisposition = $"attachment; filename=comptes-{clock.GetUtcNow():yyyyMMdd}.{Format.ToString().ToLowerInvariant()}";
        await export.WriteAsync(scope, Filter, ids, Format, Response.Body, key => texts[key], User.Name, ct);
        return new EmptyResult();
    }

    public static void Begin(HttpResponse response, ExportFormat format)
    {
        response.ContentType = ContentType(format);

        // A part of a workbook ends with a write that does not wait.
        response.HttpContext.Features.Get<IHttpBodyControlFeature>()?.AllowSynchronousIO = true;
    }

    public static string ContentType(ExportFormat format) =>
        format is ExportFormat.Csv ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
}
