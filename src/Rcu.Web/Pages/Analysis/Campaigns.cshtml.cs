using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Insight.Boards;
using Rcu.Web.Hosting;
using Rcu.Web.Pages.Shared;

namespace Rcu.Web.Pages.Analysis;

/// <summary>The campaigns, what each cost and brought; and the form that declares or changes one.</summary>
internal sealed class CampaignsModel(Campaigns campaigns) : PageModel
{
    public static readonly IReadOnlyList<string> Channels = ["email", "web", "event", "phone", "meeting", "post"];

    /// <summary>The campaign to change; null for a new one.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Id { get; set; }

    [BindProperty]
    public CampaignForm Form { get; set; } = new();

    public IReadOnlyList<CampaignResult> Results { get; private set; } = [];

    public IReadOnlyList<UndeclaredCampaign> Undeclared { get; private set; } = [];

    public async Task OnGetAsync(string? nom, CancellationToken ct)
    {
        await LoadAsync(ct);
        Form = Results.FirstOrDefault(r => r.Campaign.Id == Id) is { } known ? CampaignForm.Of(known.Campaign)
            : Undeclared.FirstOrDefault(u => u.Name == nom) is { } seen
                ? new CampaignForm { Name = seen.Name, Channel = seen.Channel, StartsOn = seen.From, EndsOn = seen.To }
            : new CampaignForm();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Form.Amount is null)
        {
            await LoadAsync(ct);
            return this.Refuse(new Error(ErrorKind.Invalid, "campaign.not_an_amount", $"'{Form.Cost}' is not an amount.") { Values = [Form.Cost] });
        }

        var saved = Id is { } id
            ? await campaigns.ChangeAsync(id, Form.ToCommand(), User.Name, ct)
            : await campaigns.CreateAsync(Form.ToCommand(), User.Name, ct);
        if (!saved.Succeeded)
        {
            await LoadAsync(ct);
            return this.Refuse(saved.Error);
        }

        this.Notice("campaign.saved", saved.Value.Name);
        return Redirect("/analyse/campagnes");
    }

    public async Task<IActionResult> OnPostDeleteAsync(Guid campaign, CancellationToken ct)
    {
        var deleted = await campaigns.DeleteAsync(campaign, User.Name, ct);
        if (!deleted.Succeeded)
        {
            await LoadAsync(ct);
            return this.Refuse(deleted.Error);
        }

        this.Notice("campaign.deleted", deleted.Value.Name);
        return Redirect("/analyse/campagnes");
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        Results = await campaigns.ListAsync(ct);
        Undeclared = await campaigns.UndeclaredAsync(ct);
    }
}

/// <summary>A campaign as a person fills it in.</summary>
public sealed class CampaignForm
{
    public string Name { get; set; } = "";

    public string Channel { get; set; } = "email";

    public DateOnly? StartsOn { get; set; }

    public DateOnly? EndsOn { get; set; }

    public string Cost { get; set; } = "";

    public string? Goal { get; set; }

    public int? Version { get; set; }

    /// <summary>What it cost, in euros; null for what is no amount.</summary>
    public decimal? Amount => AmountText.Read(Cost);

    public static CampaignForm Of(Campaign c) => new()
    {
        Name = c.Name,
        Channel = c.Channel,
        StartsOn = c.StartsOn,
        EndsOn = c.EndsOn,
        Cost = c.Cost.ToString("0.##", CultureInfo.InvariantCulture),
        Goal = c.Goal,
        Version = c.Version,
    };

    public SaveCampaign ToCommand() =>
        new(Name ?? "", Channel ?? "", StartsOn ?? default, EndsOn, Amount ?? -1, string.IsNullOrWhiteSpace(Goal) ? null : Goal, Version);
}
