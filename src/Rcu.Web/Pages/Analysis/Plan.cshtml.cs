using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Customers;
using Rcu.Insight.Worth;
using Rcu.Segmentation;
using Rcu.Segmentation.Plan;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;

namespace Rcu.Web.Pages.Analysis;

/// <summary>The plan of relations: its rules, the form of one with what it would have done in the past, and the history of what was done.</summary>
internal sealed class PlanModel(PlanRules rules, Rcu.Segmentation.Segments segments, Colleagues colleagues) : PageModel
{
    /// <summary>The rule to change; null for a new one.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Number { get; set; }

    [BindProperty]
    public PlanForm Form { get; set; } = new();

    public IReadOnlyList<PlanLine> Lines { get; private set; } = [];

    public IReadOnlyList<PlanFired> History { get; private set; } = [];

    public IReadOnlyList<Segment> Segments { get; private set; } = [];

    /// <summary>Those a task may be given to.</summary>
    public IReadOnlyList<Colleague> People { get; private set; } = [];

    /// <summary>Null until it was asked for.</summary>
    public PlanSimulation? Simulation { get; private set; }

    public static IEnumerable<string> Kinds => [.. LeadModel.Default.Signals.Keys, "complaint", .. Enum.GetNames<DocumentType>()];

    public string NameOf(Guid segment) => Segments.FirstOrDefault(s => s.Id == segment)?.Name ?? Show.Nothing;

    public async Task OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        Form = Lines.FirstOrDefault(line => line.Rule.Number == Number) is { } known ? PlanForm.Of(known.Rule) : new PlanForm();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Form.Act is PlanActKind.Task && await colleagues.RefusalAsync(Form.Who, ct) is { } nobody)
        {
            await LoadAsync(ct);
            return this.Refuse(nobody);
        }

        var saved = Number is { } number
            ? await rules.ChangeAsync(number, Form.ToCommand(), User.Name, ct)
            : await rules.CreateAsync(Form.ToCommand(), User.Name, ct);
        if (!saved.Succeeded)
        {
            await LoadAsync(ct);
            return this.Refuse(saved.Error);
        }

        this.Notice("plan.saved");
        return Redirect("/analyse/plan");
    }

    public async Task<IActionResult> OnPostTryAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        var played = await rules.SimulateAsync(Form.ToCommand(), ct);
        Simulation = played.Value;
        return played.Succeeded ? Page() : this.Refuse(played.Error);
    }

    // Under a name that the form has not: without a field of its own, what is posted would be read as one of its.
    public async Task<IActionResult> OnPostStateAsync(int rule, PlanState set, CancellationToken ct)
    {
        var done = await rules.SetStateAsync(rule, set, User.Name, ct);
        if (!done.Succeeded)
        {
            await LoadAsync(ct);
            return this.Refuse(done.Error);
        }

        this.Notice($"plan.now.{set}", done.Value.Name);
        return Redirect("/analyse/plan");
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        Lines = await rules.ListAsync(ct);
        People = await colleagues.ListAsync(ct);
        History = await rules.HistoryAsync(Number, ct);
        Segments = await segments.ListAsync(ct);
    }
}
