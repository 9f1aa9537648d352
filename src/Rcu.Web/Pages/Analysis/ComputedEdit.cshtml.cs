using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Rcu.Insight.Computed;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Analysis;

/// <summary>One computed attribute: what it says, and what it gives today before it is saved.</summary>
internal sealed class ComputedEditModel(ComputedAttributes attributes, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int? Number { get; set; }

    [BindProperty]
    public ComputedForm Form { get; set; } = new();

    public IReadOnlyList<ComputedAttribute> Versions { get; private set; } = [];

    /// <summary>Null until it was asked for.</summary>
    public ComputedPreview? Preview { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct))
        {
            return NotFound();
        }

        Form = Versions.Count > 0 ? ComputedForm.Of(Versions[0]) : Form;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct))
        {
            return NotFound();
        }

        var saved = Number is { } number
            ? await attributes.ChangeAsync(number, Form.ToCommand(), User.Name, ct)
            : await attributes.CreateAsync(Form.ToCommand(), User.Name, ct);
        if (!saved.Succeeded)
        {
            return this.Refuse(texts.Told(saved.Error));
        }

        this.Notice("computed.saved");
        return RedirectToPage("Computed");
    }

    public async Task<IActionResult> OnPostTryAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct))
        {
            return NotFound();
        }

        var tried = await attributes.TryAsync(Form.ToCommand(), ct);
        Preview = tried.Value;
        return tried.Succeeded ? Page() : this.Refuse(texts.Told(tried.Error));
    }

    /// <summary>The page again, for the fields of other facts.</summary>
    public async Task<IActionResult> OnPostOverAsync(CancellationToken ct)
    {
        ModelState.Clear();
        Form.Field = Form.Source.Field(Form.Field)?.Name;
        Form.Filters.RemoveAll(row => Form.Source.Field(row.Field) is null);
        Form.Part.RemoveAll(row => Form.Source.Field(row.Field) is null);
        return await LoadAsync(ct) ? Page() : NotFound();
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (Number is not { } number)
        {
            return true;
        }

        var found = await attributes.FindAsync(number, ct);
        Versions = found.Value ?? [];
        return found.Succeeded;
    }
}
