using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Ingestion.Drafts;
using Rcu.Ingestion.Mapping;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;

namespace Rcu.Web.Pages.Imports.Drafts;

/// <summary>Second step: what each column feeds, how sure that is, and which columns tell the rows apart.</summary>
internal sealed class ColumnsModel(ImportDrafts drafts, CustomFields own, RcuDb db) : DraftPage(drafts)
{
    public IReadOnlyList<ColumnForm> Columns { get; private set; } = [];

    public IReadOnlyList<CanonicalField> Fields { get; private set; } = [];

    /// <summary>The fields the company added of its own.</summary>
    public IReadOnlyList<CustomField> Own { get; private set; } = [];

    public bool MayAdd => Draft.Kind is RecordKind.Account or RecordKind.Contact && User.IsInRole(HubRoles.Admin);

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

    /// <summary>Adds a field for a column that has none; what was chosen for the others is kept.</summary>
    public async Task<IActionResult> OnPostFieldAsync(Guid id, NewFieldForm form, CancellationToken ct)
    {
        if (await OpenFileAsync(id, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        if (!MayAdd)
        {
            return Forbid();
        }

        var (columns, key) = ColumnForm.Read(await Request.ReadFormAsync(ct), Preview.Columns, Draft);
        var added = form.NewColumn is >= 0 and var place && place < Preview.Columns.Count
            ? await own.CreateAsync(new NewCustomField(form.NewLabel, Draft.Kind!.Value, form.NewHolds, form.NewReserved, form.NewPurpose), User.Name, ct)
            : MappingErrors.NoColumn;
        if (added.Succeeded)
        {
            var column = Preview.Columns[form.NewColumn!.Value];
            columns = [.. columns.Where(c => !c.Columns.Contains(column)), new FeedColumn(added.Value.Name, [column])];
        }

        await Drafts.MapAsync(id, columns, key, ct);
        if (added.Succeeded)
        {
            this.Notice("own.added", added.Value.Label);
            return RedirectToPage(new { id });
        }

        await LoadAsync(id, ct);
        return this.Refuse(added.Error);
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
        Own = await own.ListAsync(Draft.Kind!.Value, ct);
        return null;
    }

    /// <summary>A field to be added for one column.</summary>
    internal sealed class NewFieldForm
    {
        public int? NewColumn { get; set; }

        public string? NewLabel { get; set; }

        public CustomValue NewHolds { get; set; }

        public bool NewReserved { get; set; }

        public string? NewPurpose { get; set; }
    }
}
