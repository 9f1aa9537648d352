using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Rcu.Cleaning;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Jobs;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Imports;

/// <summary>One import: how far it is, what became of its rows, what was wrong with them, and the way back.</summary>
internal sealed class RunModel(
    ImportHistory history, Ingestion.Imports imports, RejectsFile rejects, RunIssues issues, FormerRows former, AbsenceAgreement absences,
    RcuDb db, TimeProvider clock) : PageModel
{
    private const int ShownRejects = 20;

    public ImportView Import { get; private set; } = null!;

    public IReadOnlyList<Reject> Rejects { get; private set; } = [];

    public IReadOnlyList<IssueGroup> Issues { get; private set; } = [];

    /// <summary>Who put cells right before the file went in, and how many.</summary>
    public IReadOnlyList<CorrectedBy> Corrected { get; private set; } = [];

    /// <summary>What the import brought is still on its way to the customers.</summary>
    public bool Following { get; private set; }

    /// <summary>How fast it goes and how long it still takes.</summary>
    public ImportPace Pace => ImportPace.Of(Import, clock.GetUtcNow());

    public bool Working => Import.Status is RunStatus.Queued or RunStatus.Running;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is { } refusal)
        {
            return this.Refuse(refusal);
        }

        return Request.IsHtmx ? Partial("_Import", this) : Page();
    }

    public async Task<IActionResult> OnGetRejectsAsync(Guid id, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is { } refusal)
        {
            return this.Refuse(refusal);
        }

        // Through a file of its own: however many rejects, none of them is in memory.
        var file = new FileStream(
            Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        await rejects.WriteAsync(id, file, ct);
        file.Position = 0;
        return File(file, "text/csv; charset=utf-8", $"rejets-{Path.GetFileNameWithoutExtension(Import.FileName)}.csv");
    }

    /// <summary>How many rows an earlier version of the mapping read, which this one may read again.</summary>
    public long Former { get; private set; }

    public async Task<IActionResult> OnPostApplyAsync(Guid id, CancellationToken ct)
    {
        var applied = await former.ApplyAsync(id, User.Name, ct);
        if (!applied.Succeeded)
        {
            return await LoadAsync(id, ct) is null ? this.Refuse(applied.Error) : NotFound();
        }

        this.Notice("mapping.applied", Show.Count(applied.Value));
        return RedirectToPage(new { id });
    }

    /// <summary>Withdraws what the whole state does not hold: one goes on to the import that does it.</summary>
    public async Task<IActionResult> OnPostAgreeAsync(Guid id, CancellationToken ct)
    {
        var agreed = await absences.AgreeAsync(id, User.Name, ct);
        return agreed.Succeeded ? RedirectToPage(new { id = agreed.Value }) : await LoadAsync(id, ct) is null ? this.Refuse(agreed.Error) : NotFound();
    }

    public async Task<IActionResult> OnPostCancelAsync(Guid id, CancellationToken ct) =>
        await AnswerAsync(id, await imports.CancelAsync(id, User.Name, ct), ct);

    public async Task<IActionResult> OnPostPauseAsync(Guid id, CancellationToken ct) =>
        await AnswerAsync(id, await imports.PauseAsync(id, User.Name, ct), ct);

    public async Task<IActionResult> OnPostResumeAsync(Guid id, CancellationToken ct) =>
        await AnswerAsync(id, await imports.ResumeAsync(id, User.Name, ct), ct);

    private async Task<IActionResult> AnswerAsync(Guid id, Result<Guid> done, CancellationToken ct)
    {
        if (done.Error is { } refusal)
        {
            return Request.IsHtmx || await LoadAsync(id, ct) is null ? this.Refuse(refusal) : NotFound();
        }

        return Request.IsHtmx ? await OnGetAsync(id, ct) : RedirectToPage(new { id });
    }

    private async Task<Error?> LoadAsync(Guid id, CancellationToken ct)
    {
        var found = await history.FindAsync(id, ct);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        Import = found.Value;
        Rejects = await history.RejectsAsync(id, null, ShownRejects, ct);
        Issues = Import.UndoneAt is null ? await issues.ListAsync(id, ct) : [];
        Former = Working || Import.IsPull || Import.UndoneAt is not null ? 0 : await former.CountAsync(id, ct);
        Corrected = await history.CorrectedAsync(id, ct);
        Following = !Working && await db.Runs.AnyAsync(
            r => r.Stage == PipelineRuns.Stage && (r.Status == RunStatus.Queued || r.Status == RunStatus.Running), ct);
        return null;
    }
}
