using Microsoft.Extensions.Localization;
using Rcu.Segmentation.Plan;

namespace Rcu.Web.Pages.Analysis;

/// <summary>A rule of the plan in one sentence, in the reader's language.</summary>
internal static class PlanTexts
{
    /// <summary>What may be done or not: an interaction, or a document.</summary>
    public static string KindOf(this IStringLocalizer<Texts> texts, string kind) =>
        new[] { texts[$"interaction.{kind}"], texts[$"document.{kind}"] }.FirstOrDefault(text => !text.ResourceNotFound)?.Value ?? kind;

    /// <param name="segment">What a segment is called.</param>
    public static string Sentence(this IStringLocalizer<Texts> texts, PlanTrigger trigger, PlanAct act, Func<Guid, string> segment)
    {
        var named = trigger.Segment is { } id ? segment(id) : "";
        var what = trigger.Kind is { Length: > 0 } kind ? texts.KindOf(kind) : "…";
        var state = trigger.State is { } stands ? texts[$"lead.{stands}"].Value : "";
        var when = texts[$"plan.say.{trigger.Case}", named, what, state, trigger.Days].Value;
        var within = trigger.Segment is not null && trigger.Case is not (PlanCase.Entered or PlanCase.Left) ? texts["plan.say.within", named].Value : "";
        var then = texts[$"plan.say.act.{act.Kind}", act.Text is { Length: > 0 } said ? said : "…", act.Days, act.Who ?? "", act.Segment is { } into ? segment(into) : "", act.State is { } to ? texts[$"lead.{to}"].Value : ""].Value;
        return texts["plan.say", when + within, then];
    }
}
