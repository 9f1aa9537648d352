using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Customers;
using Rcu.Insight.Worth;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Analysis;

/// <summary>How leads are scored: the model in force, another tried on the real accounts, and how many accounts stand in each state.</summary>
internal sealed class LeadsModel(LeadModels models) : PageModel
{
    [BindProperty]
    public LeadForm Form { get; set; } = new();

    public IReadOnlyList<LeadModelVersion> Versions { get; private set; } = [];

    public IReadOnlyDictionary<LeadState, int> States { get; private set; } = new Dictionary<LeadState, int>();

    /// <summary>Null until it was asked for.</summary>
    public LeadTrial? Trial { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        Form = Versions.Count == 0 ? LeadForm.Of(LeadModel.Default, 0) : LeadForm.Of(Versions[0].Model, Versions[0].Version);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var set = await models.SetAsync(Form.ToModel(), Form.Version, User.Name, ct);
        if (!set.Succeeded)
        {
            await LoadAsync(ct);
            return this.Refuse(set.Error);
        }

        this.Notice("lead_model.saved");
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostTryAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        var tried = await models.TryAsync(Form.ToModel(), ct);
        Trial = tried.Value;
        return tried.Succeeded ? Page() : this.Refuse(tried.Error);
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        Versions = await models.VersionsAsync(ct);
        States = await models.StatesAsync(ct);
    }
}
