using Rcu.Customers;
using Rcu.Segmentation.Plan;

namespace Rcu.Web.Pages.Analysis;

/// <summary>A rule of the plan as a person fills it in: what its case or its act does not need is left aside.</summary>
public sealed class PlanForm
{
    public string Name { get; set; } = "";

    public PlanCase Case { get; set; } = PlanCase.InState;

    public Guid? Segment { get; set; }

    public string? Kind { get; set; }

    public LeadState? State { get; set; } = LeadState.Hot;

    public int Days { get; set; } = 7;

    public PlanActKind Act { get; set; }

    public string? Text { get; set; }

    public int DueIn { get; set; } = 3;

    public string? Who { get; set; }

    public Guid? Into { get; set; }

    public LeadState? To { get; set; } = LeadState.Warm;

    public int RestDays { get; set; } = 90;

    public int MostPerRun { get; set; } = 200;

    public PlanState Mode { get; set; } = PlanState.Dry;

    public int? Version { get; set; }

    public static PlanForm Of(PlanRule rule) => new()
    {
        Name = rule.Name,
        Case = rule.Trigger.Case,
        Segment = rule.Trigger.Segment,
        Kind = rule.Trigger.Kind,
        State = rule.Trigger.State,
        Days = rule.Trigger.Days,
        Act = rule.Act.Kind,
        Text = rule.Act.Text,
        DueIn = rule.Act.Days,
        Who = rule.Act.Who,
        Into = rule.Act.Segment,
        To = rule.Act.State ?? LeadState.Warm,
        RestDays = rule.RestDays,
        MostPerRun = rule.MostPerRun,
        Mode = rule.State,
        Version = rule.Version,
    };

    public SavePlanRule ToCommand() => new(
        Name ?? "",
        new PlanTrigger(Case, Segment, Case is PlanCase.Done or PlanCase.NotDone ? Kind : null, Case is PlanCase.InState ? State : null, Days),
        new PlanAct(
            Act, Act is PlanActKind.List or PlanActKind.State ? null : Text, DueIn, Act is PlanActKind.Task ? Who : null, Act is PlanActKind.List ? Into : null,
            Act is PlanActKind.State ? To : null),
        RestDays, MostPerRun, Mode, Version);
}
