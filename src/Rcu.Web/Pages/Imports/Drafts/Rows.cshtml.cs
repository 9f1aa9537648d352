using Microsoft.AspNetCore.Mvc;
using Rcu.Cleaning.Checking;
using Rcu.Ingestion.Drafts;
using Rcu.Ingestion.Mapping;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Imports.Drafts;

/// <summary>The rows of a file on which something is wrong, put right cell by cell; the file itself stays as it is.</summary>
internal sealed class RowsModel(ImportDrafts drafts, DraftChecks checks, DraftRows rows, DraftReplacements replacements) : DraftPage(drafts)
{
    private const int MostColumns = 40;

    public CheckView Check { get; private set; } = null!;

    public IReadOnlyList<DraftRow> Rows { get; private set; } = [];

    /// <summary>The columns that count: those that tell rows apart, then those that feed a field.</summary>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    public int Corrected { get; private set; }

    [FromQuery(Name = "champ")]
    public string? Field { get; set; }

    [FromQuery(Name = "code")]
    public string? Code { get; set; }

    [FromQuery(Name = "corrigees")]
    public bool OnlyCorrected { get; set; }

    [FromQuery(Name = "apres")]
    public long After { get; set; }

    [FromQuery(Name = "colonne")]
    public string? ReplaceIn { get; set; }

    [FromQuery(Name = "cherche")]
    public string? Sought { get; set; }

    [FromQuery(Name = "remplace")]
    public string? Replacement { get; set; }

    [FromQuery(Name = "entiere")]
    public bool WholeCell { get; set; }

    /// <summary>What the replacement that is being prepared would change; null when none is.</summary>
    public ReplacementPreview? Replacing { get; private set; }

    /// <summary>The replacement that can be taken back.</summary>
    public LastReplacement? Replaced { get; private set; }

    public DraftProblem? Problem => Check.Problems.FirstOrDefault(p => p.Field == (Field ?? "") && p.Code == Code);

    public long? Following => Rows.Count == DraftRows.PageSize ? Rows[^1].Place : null;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await OpenAsync(id, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        if (Draft.CheckedAt is null)
        {
            return RedirectToPage("Check", new { id });
        }

        Check = await checks.ViewAsync(Draft, ct);
        Columns = Wanted();
        Corrected = await rows.CorrectedAsync(id, ct);
        Replaced = await replacements.LastAsync(id, ct);
        if (!string.IsNullOrEmpty(Sought) && Asked() is { } asked)
        {
            Replacing = (await replacements.PreviewAsync(id, asked, ct)).Value;
        }

        Rows = await rows.PageAsync(id, Code is null ? null : (Field ?? "", Code), OnlyCorrected, After, ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, long place, CancellationToken ct)
    {
        if (await OpenAsync(id, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        Columns = Wanted();
        var form = await Request.ReadFormAsync(ct);
        var said = Columns.Index().Where(c => form.ContainsKey($"cell:{c.Index}")).ToDictionary(c => c.Item, c => form[$"cell:{c.Index}"].ToString());
        var done = await rows.CorrectAsync(id, place, said, User.Name, ct);
        if (!done.Succeeded)
        {
            return Request.IsHtmx ? this.Refuse(done.Error) : this.RefuseAndReturn(done.Error);
        }

        return Request.IsHtmx
            ? Partial("_RowTold", TellOf(done.Value))
            : Redirect(Url.Page("Rows", new { id, champ = Field, code = Code, corrigees = OnlyCorrected ? "true" : null, apres = After == 0 ? (long?)null : After }) + $"#ligne-{place}");
    }

    public async Task<IActionResult> OnPostReplaceAsync(Guid id, CancellationToken ct)
    {
        if (await OpenAsync(id, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        Columns = Wanted();
        var done = Asked() is { } asked ? await replacements.ApplyAsync(id, asked, User.Name, ct) : DraftErrors.NothingSought;
        return done.Succeeded ? Told(id, "draft.replaced", done.Value) : this.RefuseAndReturn(done.Error);
    }

    public async Task<IActionResult> OnPostTakeBackAsync(Guid id, CancellationToken ct)
    {
        var done = await replacements.TakeBackAsync(id, User.Name, ct);
        return done.Succeeded ? Told(id, "draft.replaced.back", done.Value) : this.RefuseAndReturn(done.Error);
    }

    private RedirectToPageResult Told(Guid id, string notice, int cells)
    {
        this.Notice(notice, Show.Count(cells));
        return RedirectToPage("Rows", new { id, champ = Field, code = Code, corrigees = OnlyCorrected ? "true" : null });
    }

    // Null when the column is none of those that are shown.
    private CellReplacement? Asked() => Columns.FirstOrDefault(column => column == ReplaceIn) is { } column
        ? new CellReplacement(column, Sought ?? "", Replacement ?? "", WholeCell, Code is null ? null : (Field ?? "", Code)) : null;

    /// <summary>What there is to say of a row, and which of its cells it is about.</summary>
    public RowTold TellOf(DraftRow row)
    {
        var fed = Draft.Columns.SelectMany(column => column.Columns.Select(name => (name, column.Field))).ToLookup(one => one.Field, one => one.name, StringComparer.OrdinalIgnoreCase);
        var wrong = row.Issues.SelectMany(issue => fed[issue.Field].Append(issue.Field)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new RowTold(row, Columns, [.. Columns.Index().Where(c => wrong.Contains(c.Item)).Select(c => c.Index)]);
    }

    private List<string> Wanted() =>
        [.. Draft.KeyColumns.Concat(Draft.Columns.SelectMany(column => column.Columns)).Distinct(StringComparer.OrdinalIgnoreCase).Where(c => c != CanonicalField.Key).Take(MostColumns)];
}
