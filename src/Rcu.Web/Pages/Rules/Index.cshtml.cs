using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Cleaning.Steward;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Rules;

/// <summary>The rules that stewards wrote, how many records do not meet each, and the switch of each.</summary>
internal sealed class IndexModel(StewardRules rules) : PageModel
{
    public IReadOnlyList<RuleLine> Rules { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Rules = await rules.ListAsync(ct);

    public async Task<IActionResult> OnPostAsync(int number, RuleState state, CancellationToken ct)
    {
        var set = await rules.SetStateAsync(number, state, User.Name, ct);
        if (!set.Succeeded)
        {
            Rules = await rules.ListAsync(ct);
            return this.Refuse(set.Error);
        }

        this.Notice($"rule.now.{state}");
        return RedirectToPage();
    }
}
