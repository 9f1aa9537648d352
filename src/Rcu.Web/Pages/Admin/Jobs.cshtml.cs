using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Rcu.Jobs;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Admin;

/// <summary>The hub's own work: what waits, what runs and how far it is, what failed and why.</summary>
internal sealed class JobsModel(RunHistory history, RunRetries retries) : PageModel
{
    public IReadOnlyList<Run> Runs { get; private set; } = [];

    public bool IsFirst { get; private set; }

    /// <summary>Where the next page begins; null when this is the last.</summary>
    public Guid? Last => Runs.Count == RunHistory.PageSize ? Runs[^1].Id : null;

    public async Task<IActionResult> OnGetAsync(Guid? before, CancellationToken ct)
    {
        (Runs, IsFirst) = (await history.PageAsync(before, ct), before is null);
        return Request.IsHtmx ? Partial("_Runs", this) : Page();
    }

    public async Task<IActionResult> OnPostCancelAsync(Guid id, CancellationToken ct) =>
        Back(await history.CancelAsync(id, ct), "admin.was_cancelled");

    public async Task<IActionResult> OnPostRetryAsync(Guid id, CancellationToken ct) =>
        Back(await retries.RetryAsync(id, ct), "admin.was_retried");

    public static string? Kind(Run run) => run.Status switch
    {
        RunStatus.Succeeded => "good",
        RunStatus.Failed => "bad",
        RunStatus.Running => "info",
        RunStatus.Queued or RunStatus.Paused or RunStatus.Cancelled => null,
        _ => throw new ArgumentOutOfRangeException(nameof(run)),
    };

    public static string Icon(Run run) => run.Status switch
    {
        RunStatus.Succeeded => "check",
        RunStatus.Failed => "alert-circle",
        RunStatus.Running => "loader-2",
        RunStatus.Queued => "hourglass",
        RunStatus.Paused => "player-pause",
        RunStatus.Cancelled => "ban",
        _ => throw new ArgumentOutOfRangeException(nameof(run)),
    };

    /// <summary>The stage it is in, when it goes through several.</summary>
    public static string StageText(Run run, IStringLocalizer<Texts> texts)
    {
        var stage = run.Stage == PipelineRuns.Stage && !run.HasEnded ? run.Cursor ?? run.Stage : run.Stage;
        return texts[$"stage.{stage}"] is { ResourceNotFound: false } known ? known : stage;
    }

    private IActionResult Back(Result<Run> result, string notice)
    {
        if (!result.Succeeded)
        {
            return this.RefuseAndReturn(result.Error);
        }

        this.Notice(notice, result.Value.Label);
        return RedirectToPage();
    }
}
