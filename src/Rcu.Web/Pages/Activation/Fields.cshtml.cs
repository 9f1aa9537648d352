using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Rcu.Activation;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Activation;

/// <summary>Which field goes where in one tool, who owns it and in which shape; tried on real profiles before it is kept.</summary>
internal sealed class FieldsModel(FieldRules rules, IStringLocalizer<Texts> texts) : PageModel
{
    private const int Blank = 3;

    public FieldRulesView View { get; private set; } = null!;

    /// <summary>The lines of the form: what holds, or what was just given.</summary>
    public IReadOnlyList<FieldRule> Lines { get; private set; } = [];

    public IReadOnlyList<FieldPreview> Previews { get; private set; } = [];

    /// <summary>Empty lines to fill in.</summary>
    public static IEnumerable<FieldRule> Empty => Enumerable.Repeat(new FieldRule("", ""), Blank);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await LoadAsync(id, given: null, ct) ?? Page();

    public async Task<IActionResult> OnPostAsync(Guid id, FieldRow[] rows, CancellationToken ct) => await SaveAsync(id, Read(rows), ct);

    public async Task<IActionResult> OnPostUsualAsync(Guid id, CancellationToken ct) => await SaveAsync(id, [], ct);

    public async Task<IActionResult> OnPostPreviewAsync(Guid id, FieldRow[] rows, CancellationToken ct)
    {
        var given = Read(rows);
        var shown = await rules.PreviewAsync(id, given, ct);
        if (await LoadAsync(id, given, ct) is { } refused)
        {
            return refused;
        }

        if (!shown.Succeeded)
        {
            return this.Refuse(shown.Error);
        }

        Previews = shown.Value;
        return Page();
    }

    private async Task<IActionResult> SaveAsync(Guid id, IReadOnlyList<FieldRule> given, CancellationToken ct)
    {
        var saved = await rules.SaveAsync(id, given, User.Name, ct);
        if (!saved.Succeeded)
        {
            return await LoadAsync(id, given, ct) ?? this.Refuse(saved.Error);
        }

        this.Notice("activation.fields_saved");
        return RedirectToPage("/Activation/Fields", new { id });
    }

    private async Task<IActionResult?> LoadAsync(Guid id, IReadOnlyList<FieldRule>? given, CancellationToken ct)
    {
        var read = await rules.ReadAsync(id, ct);
        if (!read.Succeeded)
        {
            TempData["refusal"] = read.Error.In(texts);
            return read.Error.Kind is ErrorKind.NotFound ? this.Refuse(read.Error) : RedirectToPage("/Activation/Details", new { id });
        }

        View = read.Value;
        Lines = given ?? View.Rules;
        return null;
    }

    // A line without a field of the hub is one that was left empty, or taken away.
    private static List<FieldRule> Read(FieldRow[] rows) =>
        [.. rows.Where(row => !string.IsNullOrEmpty(row.Field)).Select(row => new FieldRule(row.Field!, row.As ?? "", row.Owner, row.Shape))];

    /// <summary>One line as it is posted.</summary>
    internal sealed class FieldRow
    {
        public string? Field { get; set; }

        public string? As { get; set; }

        public FieldOwner Owner { get; set; }

        public FieldShape Shape { get; set; }
    }
}
