using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Ingestion.Drafts;
using Rcu.Ingestion.Mapping;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Imports.Drafts;

/// <summary>Second step: what each column feeds, how sure that is, and which columns tell the rows apart.</summary>
internal sealed class ColumnsModel(ImportDrafts drafts, RcuDb db) : DraftPage(drafts)
{
    public IReadOnlyList<ColumnForm> Columns { get; private set; } = [];

    public IReadOnlyList<CanonicalField> Fields { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await LoadAsync(id, ct) ?? Page();

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (await OpenFileAsync(id, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        var (columns, key) = ColumnForm.Read(await Request.ReadFormAsync(ct), Preview.Columns, Draft);
        var mapped = await Drafts.MapAsync(id, columns, key, ct);
        if (mapped.Succeeded)
        {
            return RedirectToPage("Check", new { id });
        }

        await LoadAsync(id, ct);
        return this.Refuse(mapped.Error);
    }

    private async Task<IActionResult?> LoadAsync(Guid id, CancellationToken ct)
    {
        if (await OpenFileAsync(id, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        if (Draft.SourceName is null)
        {
            return RedirectToPage("File", new { id });
        }

        var saved = await db.Feeds.AsNoTracking()
            .Where(feed => feed.Active && db.Sources.Any(s => s.Id == feed.SourceId && s.Name == Draft.SourceName))
            .OrderByDescending(feed => feed.CreatedAt).ToListAsync(ct);
        Columns = ColumnForm.Of(Draft, Preview, ColumnMapper.Propose(Preview.Columns, Preview.Samples, Draft.Kind, saved));
        Fields = FieldCatalogue.For(Draft.Kind!.Value);
        return null;
    }
}
