using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Rcu.Ingestion;
using Rcu.Ingestion.Pulling;
using Rcu.Ingestion.Sirene;
using Rcu.Jobs;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;

namespace Rcu.Web.Pages.Register;

/// <summary>The daily follow-up of the register by the API Sirene: how it goes, what it brought, and how it is set.</summary>
internal sealed class FollowModel(SireneFollowing following, ConnectionHistory history, IStringLocalizer<Texts> texts) : PageModel
{
    private const int RunsShown = 30;
    private const int RejectsShown = 100;

    public SireneFollow? Follow { get; private set; }

    public IReadOnlyList<Run> Runs { get; private set; } = [];

    public ILookup<Guid, Reject> Rejects { get; private set; } = null!;

    [BindProperty]
    public string? BaseUrl { get; set; } = new SireneSettings().BaseUrl;

    [BindProperty]
    public TimeOnly? DailyAt { get; set; }

    [BindProperty]
    public int RequestsPerMinute { get; set; } = new SireneSettings().RequestsPerMinute;

    [BindProperty]
    public string? Secret { get; set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        await ShowAsync(ct);
        if (Follow is { } follow)
        {
            (BaseUrl, DailyAt, RequestsPerMinute) = (follow.Settings.BaseUrl, follow.DailyAt, follow.Settings.RequestsPerMinute);
        }

        DailyAt ??= new TimeOnly(7, 0);
    }

    public async Task<IActionResult> OnPostSaveAsync(CancellationToken ct)
    {
        if (!User.IsInRole(HubRoles.Admin))
        {
            return Forbid();
        }

        var settings = (await following.FindAsync(ct))?.Settings ?? new SireneSettings();
        var saved = await following.SaveAsync(
            new SaveSireneFollow(settings with { BaseUrl = BaseUrl?.Trim() ?? "", RequestsPerMinute = RequestsPerMinute }, DailyAt ?? new TimeOnly(7, 0), Secret), User.Name, ct);
        return Answer(saved.Error, "register.follow.saved");
    }

    public async Task<IActionResult> OnPostReadAsync(CancellationToken ct) => Answer((await following.ReadNowAsync(User.Name, ct)).Error, "connections.pulling");

    public async Task<IActionResult> OnPostPauseAsync(CancellationToken ct) => Answer((await following.PauseAsync(User.Name, ct)).Error, "register.follow.paused");

    public async Task<IActionResult> OnPostResumeAsync(CancellationToken ct) => Answer((await following.ResumeAsync(User.Name, ct)).Error, "register.follow.resumed");

    public async Task<IActionResult> OnPostTestAsync(CancellationToken ct)
    {
        var told = await following.TestAsync(ct);
        TempData["told"] = told.Value;
        return Answer(told.Error, null);
    }

    private async Task ShowAsync(CancellationToken ct)
    {
        Follow = await following.FindAsync(ct);
        Runs = await following.RunsAsync(RunsShown, ct);
        Rejects = await history.RejectsAsync([.. Runs.Select(run => run.Id)], RejectsShown, ct);
    }

    private RedirectToPageResult Answer(Error? refused, string? notice)
    {
        if (refused is not null)
        {
            TempData["refusal"] = refused.Fields is { Count: > 0 } fields ? string.Join(' ', fields.SelectMany(field => field.Value)) : refused.In(texts);
        }
        else if (notice is not null)
        {
            this.Notice(notice);
        }

        return RedirectToPage();
    }
}
