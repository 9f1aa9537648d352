using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Rcu.Exploration;
using Rcu.Security;
using Rcu.Segmentation;
using Rcu.Web.Hosting;
using Rcu.Web.Pages.Accounts;

namespace Rcu.Web.Pages.Contacts;

/// <summary>A list of people as a file: as the address filters it, or those that were ticked.</summary>
internal sealed class ExportModel(ContactExport export, AccountScope scope, IStringLocalizer<Texts> texts, TimeProvider clock) : ContactListPage
{
    [BindProperty(SupportsGet = true)]
    public ExportFormat Format { get; set; }

    public Task<IActionResult> OnGetAsync(CancellationToken ct) => WriteAsync(null, ct);

    public async Task<IActionResult> OnPostAsync(List<Guid> ids, bool all, CancellationToken ct)
    {
        if (ids.Count == 0 && !all)
        {
            this.NoticeRefusal(ExplorationErrors.ContactNotFound);
            return LocalRedirect($"/contacts{AccountListPage.Joined(Carried)}");
        }

        return await WriteAsync(all ? null : ids, ct);
    }

    private async Task<IActionResult> WriteAsync(IReadOnlyList<Guid>? ids, CancellationToken ct)
    {
        Accounts.ExportModel.Begin(Response, Format);
        Response.Headers.ContentDisposition = $"attachment; filename=contacts-{clock.GetUtcNow():yyyyMMdd}.{Format.ToString().ToLowerInvariant()}";
        await export.WriteAsync(scope, Filter, ids, Format, Response.Body, key => texts[key], User.Name, ct);
        return new EmptyResult();
    }
}
