using Microsoft.AspNetCore.Mvc;
using Rcu.Cleaning.Checking;
using Rcu.Ingestion;
using Rcu.Ingestion.Drafts;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Imports.Drafts;

/// <summary>Third step: the whole file is read, and what is wrong in it is told by problem, each with what can be done about it.</summary>
internal sealed class CheckModel(ImportDrafts drafts, DraftChecks checks) : DraftPage(drafts)
{
    public CheckView Check { get; private set; } = null!;

    public FixAction? FixOf(DraftProblem problem) =>
        Draft.Options.Fixes?.FirstOrDefault(fix => fix.Field == problem.Field && fix.Code == problem.Code)?.Action;

    /// <summary>A person answered a problem since the file was read.</summary>
    public bool IsStale => Draft.CheckedAt is { } at && Draft.ChangedAt > at;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        var asked = await checks.RequestAsync(id, User.Name, again: false, ct);
        if (asked.Error is { } refusal && refusal != DraftErrors.Started)
        {
            return refusal == DraftErrors.NotFound ? NotFound() : await RefuseAsync(id, refusal, ct);
        }

        if (await LoadAsync(id, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        return Request.IsHtmx ? Partial("_Check", this) : Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, string field, string code, string act, CancellationToken ct)
    {
        var done = act is "skip" or "unskip"
            ? await Drafts.SkipAsync(id, field, code, act == "skip", ct)
            : await Drafts.FixAsync(id, field, code, Enum.TryParse<FixAction>(act, out var action) ? action : null, ct);
        return await AnswerAsync(id, done.Error, ct);
    }

    public async Task<IActionResult> OnPostAgainAsync(Guid id, CancellationToken ct)
    {
        var asked = await checks.RequestAsync(id, User.Name, again: true, ct);
        return await AnswerAsync(id, asked.Error, ct);
    }

    private async Task<IActionResult> AnswerAsync(Guid id, Error? refusal, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        return refusal is not null ? this.Refuse(refusal) : Request.IsHtmx ? Partial("_Check", this) : RedirectToPage(new { id });
    }

    private async Task<IActionResult> RefuseAsync(Guid id, Error refusal, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        return this.Refuse(refusal);
    }

    private async Task<IActionResult?> LoadAsync(Guid id, CancellationToken ct)
    {
        if (await OpenAsync(id, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        Check = await checks.ViewAsync(Draft, ct);
        return null;
    }
}
