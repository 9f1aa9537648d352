using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Rcu.Activation;
using Rcu.Security;
using Rcu.Segmentation;
using Rcu.Web.Hosting;
using Rcu.Web.Pages.Connections;

namespace Rcu.Web.Pages.Activation;

/// <summary>A destination in one page: the tool, its settings, whom to send; tested and tried before it is made.</summary>
internal sealed class NewModel(Destinations destinations, Rcu.Segmentation.Segments segments, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty]
    public string Kind { get; set; } = "webhook";

    [BindProperty]
    public string Name { get; set; } = "";

    [BindProperty]
    public string? Secret { get; set; }

    [BindProperty]
    public Guid? SegmentId { get; set; }

    public IReadOnlyList<string> Kinds => destinations.Kinds;

    public IReadOnlyList<SettingField> Fields { get; private set; } = [];

    public bool NeedsSecret => destinations.NeedsSecret(Kind);

    public IReadOnlyList<Segment> Segments { get; private set; } = [];

    public string? Tested { get; private set; }

    public DryRun? Dry { get; private set; }

    /// <param name="outil">The kind of tool.</param>
    public async Task OnGetAsync(string? outil, Guid? segment, CancellationToken ct)
    {
        (Kind, SegmentId) = (Kinds.Contains(outil) ? outil! : Kind, segment);
        Fields = SettingsForm.Fields(destinations.SettingsOf(Kind)!, null);
        await LoadAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var secret = Kind == "webhook" && string.IsNullOrWhiteSpace(Secret) ? WebhookSignature.NewSecret() : Secret?.Trim();
        var made = await destinations.CreateAsync(Command(secret), User.Name, ct);
        if (!made.Succeeded)
        {
            await LoadAsync(ct);
            return this.Refuse(made.Error);
        }

        if (Kind == "webhook" && string.IsNullOrWhiteSpace(Secret))
        {
            TempData["new_secret"] = secret;
        }

        this.Notice("activation.created");
        return RedirectToPage("/Activation/Details", new { id = made.Value.Id });
    }

    public async Task<IActionResult> OnPostTestAsync(CancellationToken ct)
    {
        var tested = await destinations.TestAsync(Kind, Settings(), Secret?.Trim(), ct);
        await LoadAsync(ct);
        if (!tested.Succeeded)
        {
            return this.Refuse(tested.Error);
        }

        Tested = texts["activation.test_good"];
        return Page();
    }

    public async Task<IActionResult> OnPostDryAsync(CancellationToken ct)
    {
        var dry = await destinations.DryRunAsync(Command(Secret), id: null, ct);
        await LoadAsync(ct);
        if (!dry.Succeeded)
        {
            return this.Refuse(dry.Error);
        }

        Dry = dry.Value;
        return Page();
    }

    private SaveDestination Command(string? secret) => new(Name ?? "", Kind ?? "", Settings(), string.IsNullOrWhiteSpace(secret) ? null : secret, SegmentId);

    // What was given is shown again, whatever becomes of it.
    private JsonElement Settings()
    {
        if (destinations.SettingsOf(Kind ?? "") is not { } declared)
        {
            return JsonSerializer.SerializeToElement(new { });
        }

        var given = SettingsForm.Read(declared, Request.Form);
        Fields = SettingsForm.Fields(declared, given);
        return given;
    }

    private async Task LoadAsync(CancellationToken ct) => Segments = await segments.ListAsync(ct);
}
