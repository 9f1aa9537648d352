using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Rcu.Customers;
using Rcu.Security;
using Rcu.Unification;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;

namespace Rcu.Web.Pages.Accounts;

/// <summary>
/// One value of an account, corrected where it stands. When somebody else wrote another meanwhile, both are shown side by side
/// and nothing is written until one is chosen.
/// </summary>
internal sealed class ValueModel(Edits edits, Colleagues colleagues, AccountScope scope, IStringLocalizer<Texts> texts) : PageModel
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

    public string? Shown => Value ?? Current.Value;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) =>
        !User.IsInAny(HubRoles.Commercial, HubRoles.Steward, HubRoles.Admin) ? LocalRedirect($"/comptes/{Id}")
            : await LoadAsync(ct) is not null ? NotFound()
            : Form();

    /// <param name="seen">The value that was shown when the form was opened.</param>
    public async Task<IActionResult> OnPostAsync(string? value, string? seen, CancellationToken ct)
    {
        if (!User.IsInAny(HubRoles.Commercial, HubRoles.Steward, HubRoles.Admin))
        {
            return Forbid();
        }

        Value = value ?? "";
        var set = await edits.SetAccountValueAsync(scope, Id, new EditValue(Field, value, null, seen ?? ""), User.Name, ct);
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
            return RedirectToPage("/Accounts/Sheet", new { id = Id });
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

    private IActionResult Form() => Request.IsHtmx ? Partial("_Value", this) : Page();

    private async Task<Error?> LoadAsync(CancellationToken ct)
    {
        var current = await edits.CurrentAccountValueAsync(scope, Id, Field, ct);
        if (!current.Succeeded)
        {
            return current.Error;
        }

        Current = current.Value;
        Choices = Field switch
        {
            "owner" => [.. (await colleagues.ListAsync(ct)).Select(c => (c.Email, c.Name))],
            "type" => [.. Enum.GetValues<AccountType>().Select(t => (t.ToString().ToLowerInvariant(), texts[$"account.type.{t}"].Value))],
            _ => [],
        };
        return null;
    }
}
