using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Rcu.Unification;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;

namespace Rcu.Web.Pages.Shared;

/// <summary>
/// One value of an account or of a person, corrected where it stands. When somebody else wrote another meanwhile, both are shown side by side
/// and nothing is written until one is chosen.
/// </summary>
internal abstract class ValuePage(IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public string Field { get; set; } = "";

    /// <summary>As typed.</summary>
    public string? Value { get; private set; }

    public EditedValue Current { get; private set; } = null!;

    public bool Overtaken { get; private set; }

    /// <summary>What was just written; empty when a correction was taken back.</summary>
    public string? Saved { get; private set; }

    /// <summary>What may be chosen, when the field is not free text.</summary>
    public IReadOnlyList<(string Value, string Text)> Choices { get; private set; } = [];

    /// <summary>The sheet it stands on.</summary>
    public abstract string Sheet { get; }

    public string? Shown => Value ?? Current.Value;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) =>
        !User.IsInAny(HubRoles.Commercial, HubRoles.Steward, HubRoles.Admin) ? LocalRedirect(Sheet)
            : await LoadAsync(ct) is not null ? NotFound()
            : Opened();

    protected abstract Task<Result<Guid>> SetAsync(EditValue command, CancellationToken ct);

    protected abstract Task<Result<EditedValue>> CurrentAsync(CancellationToken ct);

    protected virtual Task<IReadOnlyList<(string Value, string Text)>> ChoicesAsync(CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<(string Value, string Text)>>([]);

    /// <param name="seen">The value that was shown when the form was opened.</param>
    public async Task<IActionResult> OnPostAsync(string? value, string? seen, CancellationToken ct)
    {
        if (!User.IsInAny(HubRoles.Commercial, HubRoles.Steward, HubRoles.Admin))
        {
            return Forbid();
        }

        Value = value ?? "";
        var set = await SetAsync(new EditValue(Field, value, null, seen ?? ""), ct);
        if (await LoadAsync(ct) is not null)
        {
            return NotFound();
        }

        if (set.Error is null)
        {
            Saved = Value.Trim();
            if (Request.IsHtmx)
            {
                return Form();
            }

            this.Notice("edit.saved");
            return LocalRedirect(Sheet);
        }

        Overtaken = set.Error.Kind is ErrorKind.Stale;
        if (!Overtaken)
        {
            ModelState.AddModelError("", set.Error.In(texts));
        }

        // htmx keeps what is there when an answer is a refusal: the form and what was typed come back as a success.
        Response.StatusCode = Request.IsHtmx ? StatusCodes.Status200OK : set.Error.Status();
        return Form();
    }

    // Sent here by the form of the sheet, whose value another got ahead of: what was typed is not lost.
    private IActionResult Opened()
    {
        if (TempData[EditForm.Mine] is string mine)
        {
            (Value, Overtaken) = (mine, true);
        }

        return Form();
    }

    private IActionResult Form() => Request.IsHtmx ? Partial("_Value", this) : Page();

    private async Task<Error?> LoadAsync(CancellationToken ct)
    {
        var current = await CurrentAsync(ct);
        if (!current.Succeeded)
        {
            return current.Error;
        }

        Current = current.Value;
        Choices = await ChoicesAsync(ct);
        return null;
    }
}
