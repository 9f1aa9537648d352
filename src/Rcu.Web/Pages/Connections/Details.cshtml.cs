using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Rcu.Ingestion;
using Rcu.Ingestion.Connectors.Webhook;
using Rcu.Ingestion.Pulling;
using Rcu.Jobs;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Connections;

/// <summary>One source that is read by itself: how it goes, what it gave, what it could not give and why.</summary>
internal sealed class DetailsModel(
    SourceConnections connections, ConnectionHistory history, HookSecrets hooks, Rcu.Ingestion.Imports imports, UndoPreview undo, IStringLocalizer<Texts> texts) : PageModel
{
    private const int RunsShown = 30;
    private const int RejectsShown = 100;

    private static readonly string[] News = [IngestJob.Counts.Inserted, IngestJob.Counts.Updated, IngestJob.Counts.Withdrawn, IngestJob.Counts.Absent];

    public SourceConnection Connection { get; private set; } = null!;

    public string Source { get; private set; } = "";

    public IReadOnlyList<SourceAlert> Alerts { get; private set; } = [];

    public IReadOnlyList<Run> Runs { get; private set; } = [];

    public ILookup<Guid, Reject> Rejects { get; private set; } = null!;

    /// <summary>How many rows of undone readings the source may give again once it is resumed.</summary>
    public long Returning => Connection.IsOpen ? 0 : Runs.TakeWhile(run => run.UndoneAt is not null || run.Done == 0)
        .Sum(run => News.Sum(count => run.Counters.GetValueOrDefault(count)));

    /// <summary>What taking a reading back would change, once it is asked.</summary>
    public (Run Run, UndoEffects Effects)? Undo { get; private set; }

    /// <param name="annuler">The reading a person thinks of taking back.</param>
    public async Task<IActionResult> OnGetAsync(Guid id, Guid? annuler, CancellationToken ct)
    {
        var found = await connections.FindAsync(id, ct);
        if (!found.Succeeded)
        {
            return this.Refuse(found.Error);
        }

        Connection = found.Value;
        Source = (await history.MappingAsync(Connection, ct)).Source;
        Alerts = await connections.AlertsAsync(id, ct);
        Runs = await history.RunsAsync(id, RunsShown, ct);
        Rejects = await history.RejectsAsync([.. Runs.Select(run => run.Id)], RejectsShown, ct);
        Undo = Runs.FirstOrDefault(run => run.Id == annuler && run.UndoneAt is null) is { } chosen ? (chosen, await undo.FindAsync(chosen.Id, ct)) : null;
        return Page();
    }

    public async Task<IActionResult> OnPostPullAsync(Guid id, CancellationToken ct) => Answer(id, (await connections.PullAsync(id, User.Name, ct)).Error, "connections.pulling");

    public async Task<IActionResult> OnPostPauseAsync(Guid id, CancellationToken ct) => Answer(id, (await connections.PauseAsync(id, User.Name, ct)).Error, "connections.paused");

    public async Task<IActionResult> OnPostResumeAsync(Guid id, CancellationToken ct) => Answer(id, (await connections.ResumeAsync(id, User.Name, ct)).Error, "connections.resumed");

    public async Task<IActionResult> OnPostCloseAsync(Guid id, Guid alert, CancellationToken ct) => Answer(id, (await connections.CloseAlertAsync(alert, ct)).Error, "connections.alert.closed");

    public async Task<IActionResult> OnPostAgreeAsync(Guid id, CancellationToken ct) => Answer(id, (await connections.AgreeAbsentAsync(id, User.Name, ct)).Error, "connections.absent.agreed");

    public async Task<IActionResult> OnPostUndoAsync(Guid id, Guid run, CancellationToken ct) => Answer(id, (await imports.UndoAsync(run, User.Name, ct)).Error, "connections.undone");

    public async Task<IActionResult> OnPostRetireAsync(Guid id, CancellationToken ct) => Answer(id, (await hooks.EndRotationAsync(id, User.Name, ct)).Error, "connections.secret.retired");

    public async Task<IActionResult> OnPostTestAsync(Guid id, CancellationToken ct)
    {
        var told = await connections.TestAsync(id, ct);
        TempData["told"] = told.Value;
        return Answer(id, told.Error, null);
    }

    public async Task<IActionResult> OnPostRenewAsync(Guid id, CancellationToken ct)
    {
        var made = await hooks.RenewAsync(id, User.Name, ct);
        TempData["new_secret"] = made.Value;
        return Answer(id, made.Error, null);
    }

    private RedirectToPageResult Answer(Guid id, Error? refused, string? notice)
    {
        if (refused is not null)
        {
            TempData["refusal"] = refused.In(texts);
        }
        else if (notice is not null)
        {
            this.Notice(notice);
        }

        return RedirectToPage("/Connections/Details", new { id });
    }
}
