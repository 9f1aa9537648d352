using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Exploration.Desk;
using Rcu.Security;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;

namespace Rcu.Web.Pages.Diary;

/// <summary>What somebody has to do, by day; and the door of every form about a task, wherever it is shown.</summary>
internal sealed class IndexModel(Tasks tasks, CalendarLinks links, Colleagues colleagues, AccountScope scope) : PageModel
{
    /// <summary>What was done of late, rather than what is to be done.</summary>
    [BindProperty(SupportsGet = true, Name = "faites")]
    public bool Done { get; set; }

    public IReadOnlyList<TaskLine> Lines { get; private set; } = [];

    public IReadOnlyList<Colleague> Colleagues { get; private set; } = [];

    public string? CalendarAddress { get; private set; }

    public DateOnly Today => tasks.Today;

    public bool MayWrite => User.IsInAny(HubRoles.Commercial, HubRoles.Steward, HubRoles.Admin);

    /// <summary>By what presses: late, today, within a week, later, some day.</summary>
    public IEnumerable<IGrouping<TaskWhen, TaskLine>> Groups => Lines.GroupBy(line => line.DueOn switch
    {
        null => TaskWhen.SomeDay,
        { } day when day < Today => TaskWhen.Late,
        { } day when day == Today => TaskWhen.Today,
        { } day when day <= Today.AddDays(7) => TaskWhen.Week,
        _ => TaskWhen.Later,
    });

    public async Task OnGetAsync(CancellationToken ct)
    {
        Lines = await tasks.OfPersonAsync(scope, User.Name, Done, ct);
        Colleagues = MayWrite ? await colleagues.ListAsync(ct) : [];
        CalendarAddress = await links.FindAsync(User.Name, ct) is { } signed ? $"{Request.Scheme}://{Request.Host}/calendrier/{signed}.ics" : null;
    }

    public async Task<IActionResult> OnPostAddAsync(Guid account, TaskForm form, string? returnUrl, CancellationToken ct)
    {
        if (!MayWrite)
        {
            return Forbid();
        }

        var refusal = await colleagues.RefusalAsync(form.Assignee, ct) ?? (await tasks.AddAsync(scope, account, form.Command, User.Name, ct)).Error;
        return await AnswerAsync(refusal, account, "task.added", returnUrl, ct);
    }

    public async Task<IActionResult> OnPostChangeAsync(Guid id, TaskForm form, string? returnUrl, CancellationToken ct)
    {
        if (!MayWrite)
        {
            return Forbid();
        }

        var (refusal, account) = (await colleagues.RefusalAsync(form.Assignee, ct), Guid.Empty);
        if (refusal is null)
        {
            var changed = await tasks.ChangeAsync(scope, id, form.Command, User.Name, ct);
            (refusal, account) = (changed.Error, changed.Value?.AccountId ?? Guid.Empty);
        }

        return await AnswerAsync(refusal, account, "task.changed", returnUrl, ct);
    }

    public async Task<IActionResult> OnPostTickAsync(Guid id, bool done, string? returnUrl, CancellationToken ct)
    {
        if (!MayWrite)
        {
            return Forbid();
        }

        var ticked = await tasks.TickAsync(scope, id, done, null, User.Name, ct);
        return await AnswerAsync(ticked.Error, ticked.Value?.AccountId ?? Guid.Empty, done ? "task.ticked" : "task.reopened", returnUrl, ct);
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid id, Guid account, string? returnUrl, CancellationToken ct) =>
        MayWrite ? await AnswerAsync((await tasks.RemoveAsync(scope, id, null, ct)).Error, account, "task.removed", returnUrl, ct) : Forbid();

    public async Task<IActionResult> OnPostLinkAsync(CancellationToken ct)
    {
        await links.RenewAsync(User.Name, ct);
        this.Notice("calendar.made");
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostUnlinkAsync(CancellationToken ct)
    {
        await links.RevokeAsync(User.Name, ct);
        this.Notice("calendar.revoked");
        return RedirectToPage();
    }

    // The panel of the account for htmx; otherwise back to the page the form was on.
    private async Task<IActionResult> AnswerAsync(Error? refusal, Guid account, string notice, string? returnUrl, CancellationToken ct)
    {
        if (Request.IsHtmx)
        {
            return refusal is not null ? this.Refuse(refusal)
                : Partial("_Tasks", new TaskPanel(account, await tasks.OfAccountAsync(scope, account, ct), await colleagues.ListAsync(ct), User.Name, Today));
        }

        if (refusal is not null)
        {
            this.NoticeRefusal(refusal);
        }
        else
        {
            this.Notice(notice);
        }

        return Url.IsLocalUrl(returnUrl) ? LocalRedirect(returnUrl) : RedirectToPage();
    }
}

/// <summary>How soon a task is due.</summary>
internal enum TaskWhen
{
    Late,
    Today,
    Week,
    Later,
    SomeDay,
}
