using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Ingestion.Drafts;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Imports.Drafts;

/// <summary>What the steps of an import being prepared have in common: the file, how it reads, and the way to the next step.</summary>
internal abstract class DraftPage(ImportDrafts drafts) : PageModel
{
    public ImportDraft Draft { get; private set; } = null!;

    public FilePreview Preview { get; private set; } = null!;

    protected ImportDrafts Drafts => drafts;

    /// <summary>Loads the draft; a refusal when there is none, or when it has been started.</summary>
    protected async Task<IActionResult?> OpenAsync(Guid id, CancellationToken ct)
    {
        var found = await drafts.FindAsync(id, ct);
        if (!found.Succeeded)
        {
            return NotFound();
        }

        Draft = found.Value;
        return Draft.RunId is { } run ? RedirectToPage("/Imports/Run", new { id = run }) : null;
    }

    /// <summary>The same, and reads the beginning of its file: for the steps that show it.</summary>
    protected async Task<IActionResult?> OpenFileAsync(Guid id, CancellationToken ct)
    {
        if (await OpenAsync(id, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        var preview = await drafts.PreviewAsync(Draft, Draft.Options, ct);
        if (!preview.Succeeded)
        {
            // What was declared of the file does not read it: what is recognised is shown instead, with the reason.
            this.Refuse(preview.Error);
            preview = await drafts.PreviewAsync(Draft, new Ingestion.FeedOptions(), ct);
        }

        Preview = preview.Value!;
        return null;
    }
}
