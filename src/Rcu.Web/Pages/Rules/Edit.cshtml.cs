using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Cleaning.Steward;
using Rcu.Customers;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Rules;

/// <summary>One rule: what it says, and what it would catch today before it is saved.</summary>
internal sealed class EditModel(StewardRules rules, RulePreviews previews) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int? Number { get; set; }

    [BindProperty]
    public RuleForm Rule { get; set; } = new();

    public IReadOnlyList<StewardRule> Versions { get; private set; } = [];

    public IReadOnlyList<string> Fields => RuleFields.For(Rule.Kind);

    /// <summary>Null until it was asked for.</summary>
    public RulePreview? Preview { get; private set; }

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "type")] RecordKind kind, CancellationToken ct)
    {
        if (Number is null)
        {
            Rule.Kind = kind;
            return Page();
        }

        if (!await LoadAsync(ct))
        {
            return NotFound();
        }

        Rule = RuleForm.Of(Versions[0]);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct))
        {
            return NotFound();
        }

        var saved = Number is { } number
            ? await rules.ChangeAsync(number, Rule.ToCommand(), User.Name, ct)
            : await rules.CreateAsync(Rule.ToCommand(), User.Name, ct);
        if (!saved.Succeeded)
        {
            return this.Refuse(saved.Error);
        }

        this.Notice("rule.saved");
        return RedirectToPage("Index");
    }

    public async Task<IActionResult> OnPostTryAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct))
        {
            return NotFound();
        }

        var tried = await previews.TryAsync(Rule.ToCommand(), ct);
        if (!tried.Succeeded)
        {
            return this.Refuse(tried.Error);
        }

        Preview = tried.Value;
        return Page();
    }

    /// <summary>The page again, for the fields of another kind of record.</summary>
    public async Task<IActionResult> OnPostKindAsync(CancellationToken ct)
    {
        ModelState.Clear();
        return await LoadAsync(ct) ? Page() : NotFound();
    }

    // False: there is no such rule.
    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (Number is not { } number)
        {
            return true;
        }

        var found = await rules.FindAsync(number, ct);
        Versions = found.Value ?? [];
        return found.Succeeded;
    }
}
