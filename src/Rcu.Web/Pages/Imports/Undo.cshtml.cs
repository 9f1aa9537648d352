using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Ingestion;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Imports;

/// <summary>Says what taking an import back would change, and does it.</summary>
internal sealed class UndoModel(ImportHistory history, Ingestion.Imports imports, UndoPreview preview) : PageModel
{
    public ImportView Import { get; private set; } = null!;

    public UndoEffects Effects { get; private set; } = null!;

    public IReadOnlyList<UndoConflict> Conflicts { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) =>
        await LoadAsync(id, ct) is { } refusal ? this.Refuse(refusal) : Page();

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        var undone = await imports.UndoAsync(id, User.Name, ct);
        if (undone.Error is { } refusal)
        {
            return await LoadAsync(id, ct) is null ? this.Refuse(refusal) : NotFound();
        }

        this.Notice("import.undone");
        return RedirectToPage("Run", new { id });
    }

    private async Task<Error?> LoadAsync(Guid id, CancellationToken ct)
    {
        var found = await history.FindAsync(id, ct);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        (Import, Effects, Conflicts) = (found.Value, await preview.FindAsync(id, ct), await preview.ConflictsAsync(id, ct));
        return null;
    }
}
