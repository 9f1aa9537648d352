using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Ingestion.Drafts;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Imports.Drafts;

/// <summary>First step: how the file is read, where it comes from, what its rows are and why they were collected.</summary>
internal sealed class FileModel(ImportDrafts drafts, RcuDb db) : DraftPage(drafts)
{
    /// <summary>The grounds of article 6 that a company may invoke for its customers.</summary>
    public static readonly IReadOnlyList<string> LegalBases = ["legitimate_interest", "contract", "consent", "legal_obligation"];

    public static readonly IReadOnlyList<string> Encodings = ["utf-8", "windows-1252", "iso-8859-15", "macintosh", "utf-16", "utf-16BE"];

    public static readonly IReadOnlyList<(char Sign, string Word)> Delimiters =
        [(';', "draft.delimiter.semicolon"), (',', "draft.delimiter.comma"), ('\t', "draft.delimiter.tab"), ('|', "draft.delimiter.bar")];

    public static readonly IReadOnlyList<string> DateOrders = ["dmy", "mdy", "ymd"];

    private const string NewSource = "+";

    public IReadOnlyList<Source> Sources { get; private set; } = [];

    /// <summary>The same bytes were imported before.</summary>
    public ImportView? Previous { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await LoadAsync(id, ct) ?? Page();

    public async Task<IActionResult> OnPostAsync(Guid id, FileForm form, CancellationToken ct)
    {
        var described = await Drafts.DescribeAsync(id, form.Said(), ct);
        var preview = form.Act == "preview";
        var wrong = described.Error ?? (ImportDrafts.LacksLegalBasis(described.Value!) ? DraftErrors.NoLegalBasis : null);
        if (wrong is null && !preview)
        {
            return RedirectToPage("Columns", new { id });
        }

        if (await LoadAsync(id, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        return wrong is { } refusal && !(preview && (refusal == DraftErrors.NoSource || refusal == DraftErrors.NoLegalBasis)) ? this.Refuse(refusal) : Page();
    }

    public async Task<IActionResult> OnPostForgetAsync(Guid id, CancellationToken ct)
    {
        var forgotten = await Drafts.ForgetAsync(id, ct);
        if (forgotten.Succeeded)
        {
            this.Notice("draft.forgotten");
        }

        return RedirectToPage("/Imports/Index");
    }

    private async Task<IActionResult?> LoadAsync(Guid id, CancellationToken ct)
    {
        if (await OpenFileAsync(id, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        Sources = await db.Sources.AsNoTracking().Where(s => s.Name != Source.Saisie).OrderBy(s => s.Priority).ToListAsync(ct);
        Previous = await Drafts.PreviousAsync(Draft, ct);
        return null;
    }

    /// <summary>The fields of the step, as they are sent.</summary>
    internal sealed class FileForm
    {
        public string? Act { get; set; }

        public string? SourceName { get; set; }

        public string? SourceLabel { get; set; }

        public RecordKind? Kind { get; set; }

        public string? Encoding { get; set; }

        public string? Delimiter { get; set; }

        public int? HeaderRow { get; set; }

        public string? Sheet { get; set; }

        public string? DecimalSign { get; set; }

        public string? DateOrder { get; set; }

        public string? Purpose { get; set; }

        public string? LegalBasis { get; set; }

        public int? ExpectedDays { get; set; }

        public bool IsWhole { get; set; }

        public FileDescription Said()
        {
            var isNew = SourceName is NewSource or null or "" && !string.IsNullOrWhiteSpace(SourceLabel);
            return new FileDescription(
                new FeedOptions
                {
                    Encoding = Some(Encoding),
                    Sheet = Some(Sheet),
                    HeaderRow = HeaderRow,
                    DateOrder = Some(DateOrder),
                    Delimiter = Some(Delimiter)?[0],
                    DecimalSign = Some(DecimalSign)?[0],
                },
                isNew ? DraftStart.NameOf(SourceLabel!) : SourceName is NewSource ? null : Some(SourceName),
                isNew ? SourceLabel!.Trim() : null,
                Kind)
            { Purpose = Some(Purpose), LegalBasis = Some(LegalBasis), ExpectedDays = ExpectedDays, IsWhole = IsWhole };
        }

        private static string? Some(string? text) => string.IsNullOrWhiteSpace(text) && text != "\t" ? null : text;
    }
}
