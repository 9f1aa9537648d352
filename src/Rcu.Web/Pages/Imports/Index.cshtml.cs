using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Ingestion;

namespace Rcu.Web.Pages.Imports;

/// <summary>The files received and what became of each.</summary>
internal sealed class IndexModel(ImportHistory history, TimeProvider clock) : PageModel
{
    private const int PerPage = 40;

    public IReadOnlyList<ImportView> Imports { get; private set; } = [];

    public Guid? Following => Imports.Count == PerPage ? Imports[^1].Id : null;

    public DateTimeOffset Now => clock.GetUtcNow();

    public async Task OnGetAsync([FromQuery(Name = "avant")] Guid? before, CancellationToken ct) =>
        Imports = await history.ListAsync(before, PerPage, ct);
}
