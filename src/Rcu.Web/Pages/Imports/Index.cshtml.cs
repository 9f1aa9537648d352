using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Ingestion;
using Rcu.Ingestion.Drafts;

namespace Rcu.Web.Pages.Imports;

/// <summary>The files received and what became of each.</summary>
internal sealed class IndexModel(ImportHistory history, ImportDrafts drafts, TimeProvider clock) : PageModel
{
    private const int PerPage = 40;
    private const int MostDrafts = 10;

    public IReadOnlyList<ImportView> Imports { get; private set; } = [];

    public Guid? Following => Imports.Count == PerPage ? Imports[^1].Id : null;

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>What was begun and not started yet.</summary>
    public IReadOnlyList<ImportDraft> Drafts { get; private set; } = [];

    public async Task OnGetAsync([FromQuery(Name = "avant")] Guid? before, CancellationToken ct)
    {
        Imports = await history.ListAsync(before, PerPage, ct);
        Drafts = before is null ? await drafts.ListAsync(MostDrafts, ct) : [];
    }
}
