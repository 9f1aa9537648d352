using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Exploration.Desk;
using Rcu.Security;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;
using Rcu.Web.Pages.Diary;

namespace Rcu.Web.Pages.Accounts;

/// <summary>Small acts of the page of an account: a sentence seen, shown again, an error reported to a steward.</summary>
internal sealed class ActsModel(SeenNotables seen, ErrorReports reports, AccountScope scope) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public IActionResult OnGet() => LocalRedirect($"/comptes/{Id}");

    public async Task<IActionResult> OnPostSeenAsync(string code, CancellationToken ct)
    {
        var hidden = await seen.HideAsync(scope, Id, code, User.Name, ct);
        return Back(hidden.Error, "notable.hidden");
    }

    public async Task<IActionResult> OnPostShowAsync(CancellationToken ct)
    {
        var shown = await seen.ShowAsync(scope, Id, null, User.Name, ct);
        return Back(shown.Error, "notable.shown");
    }

    public async Task<IActionResult> OnPostReportAsync(string? text, CancellationToken ct)
    {
        if (!User.IsInAny(HubRoles.Commercial, HubRoles.Steward, HubRoles.Admin, HubRoles.Marketing))
        {
            return Forbid();
        }

        var told = await reports.TellAsync(scope, Id, text ?? "", User.Name, ct);
        return Back(told.Error, "report.sent");
    }

    private LocalRedirectResult Back(Error? refusal, string done)
    {
        if (refusal is null)
        {
            this.Notice(done);
        }
        else
        {
            this.NoticeRefusal(refusal);
        }

        return LocalRedirect($"/comptes/{Id}");
    }
}
