using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Customers;
using Rcu.Data;

namespace Rcu.Segmentation.Plan;

/// <summary>
/// One version of a rule of the plan: « SI un compte entre dans le segment X ALORS créer une tâche ». It acts on an account once, then
/// leaves it alone for <see cref="RestDays"/>, so that no chain of rules turns in circles.
/// </summary>
public sealed class PlanRule
{
    public required int Number { get; init; }

    public required int Version { get; init; }

    public required string Name { get; init; }

    public required PlanTrigger Trigger { get; init; }

    public required PlanAct Act { get; init; }

    public required int RestDays { get; init; }

    /// <summary>The accounts one run may act on at most; the others wait for the next.</summary>
    public required int MostPerRun { get; init; }

    public required PlanState State { get; init; }

    public required string SetBy { get; init; }

    public required DateTimeOffset SetAt { get; init; }
}

/// <summary>What must be true of an account.</summary>
/// <param name="Segment">The segment entered or left; for the other cases, the only accounts looked at. Null for all.</param>
/// <param name="Kind">The kind of interaction that was, or was not.</param>
/// <param name="Days">Within so many days, or for so many.</param>
public sealed record PlanTrigger(PlanCase Case, Guid? Segment = null, string? Kind = null, LeadState? State = null, int Days = 30);

public enum PlanCase
{
    Entered,
    Left,

    /// <summary>Did something within the days.</summary>
    Done,

    /// <summary>Did not do something for the days, though it is known from before.</summary>
    NotDone,

    /// <summary>Stands in a state for the days at least.</summary>
    InState,
}

/// <summary>What is done about the account.</summary>
/// <param name="Text">The title of the task, the word of the tag, or the name of the event.</param>
/// <param name="Days">For a task, in how many days it is due; for a state, for how many it is held.</param>
/// <param name="Who">For a task, the e-mail of whoever is to do it.</param>
/// <param name="Segment">For a list, the segment picked by hand that the account is added to.</param>
/// <param name="State">For a state, the one the account is moved to.</param>
public sealed record PlanAct(PlanActKind Kind, string? Text = null, int Days = 7, string? Who = null, Guid? Segment = null, LeadState? State = null);

public enum PlanActKind
{
    Task,
    Tag,
    List,

    /// <summary>Only noted in the history, where programs read it.</summary>
    Event,

    /// <summary>Moves the account in its lifecycle, and holds it there for some days. A purchase ends it: a customer is a customer.</summary>
    State,
}

public enum PlanState
{
    /// <summary>Says what it would do, and does nothing.</summary>
    Dry,
    On,
    Off,
    Deleted,
}

public enum PlanOutcome
{
    Done,
    Dry,

    /// <summary>Too many rules acted on the account within a day: it is left alone.</summary>
    Looped,
    Failed,
}

/// <summary>What a rule did about an account, and when its condition became true.</summary>
public sealed class PlanFire
{
    public long Id { get; init; }

    public required int Number { get; init; }

    public required int Version { get; init; }

    public required Guid AccountId { get; init; }

    public required PlanOutcome Outcome { get; init; }

    public required string What { get; init; }

    public required DateTimeOffset ReachedAt { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>Up to when a rule has looked.</summary>
public sealed class PlanLook
{
    public required int Number { get; init; }

    public DateTimeOffset LookedAt { get; set; }

    public int Waiting { get; set; }

    public string? Failure { get; set; }
}

/// <summary>A rule as a person writes it.</summary>
/// <param name="Version">The version that was looked at; null not to mind.</param>
public sealed record SavePlanRule(
    string Name, PlanTrigger Trigger, PlanAct Act, int RestDays = 90, int MostPerRun = 200, PlanState State = PlanState.Dry, int? Version = null);

internal sealed class PlanRuleTable : IEntityTypeConfiguration<PlanRule>
{
    public void Configure(EntityTypeBuilder<PlanRule> rule)
    {
        rule.ToTable("plan_rules");
        rule.HasKey(r => new { r.Number, r.Version });
        rule.Property(r => r.Trigger).IsJson();
        rule.Property(r => r.Act).IsJson();
    }
}

internal sealed class PlanFireTable : IEntityTypeConfiguration<PlanFire>
{
    public void Configure(EntityTypeBuilder<PlanFire> fire) => fire.ToTable("plan_fires");
}

internal sealed class PlanLookTable : IEntityTypeConfiguration<PlanLook>
{
    public void Configure(EntityTypeBuilder<PlanLook> look)
    {
        look.ToTable("plan_looks");
        look.HasKey(l => l.Number);
        look.Property(l => l.Number).ValueGeneratedNever();
    }
}

internal sealed class SavePlanRuleValidator : AbstractValidator<SavePlanRule>
{
    public SavePlanRuleValidator()
    {
        RuleFor(r => r.Name).NotEmpty().MaximumLength(100);
        RuleFor(r => r.RestDays).InclusiveBetween(1, 3650);
        RuleFor(r => r.MostPerRun).InclusiveBetween(1, 5000);
        RuleFor(r => r.State).IsInEnum().NotEqual(PlanState.Deleted);
        RuleFor(r => r.Trigger).NotNull();
        RuleFor(r => r.Act).NotNull();
        RuleFor(r => r.Trigger).ChildRules(trigger =>
        {
            trigger.RuleFor(t => t.Case).IsInEnum();
            trigger.RuleFor(t => t.Days).InclusiveBetween(1, 3650);
            trigger.RuleFor(t => t.Segment).NotNull().When(t => t.Case is PlanCase.Entered or PlanCase.Left);
            trigger.RuleFor(t => t.Kind).NotEmpty().MaximumLength(50).When(t => t.Case is PlanCase.Done or PlanCase.NotDone);
            trigger.RuleFor(t => t.State).NotNull().IsInEnum().When(t => t.Case is PlanCase.InState);
        }).When(r => r.Trigger is not null);
        RuleFor(r => r.Act).ChildRules(act =>
        {
            act.RuleFor(a => a.Kind).IsInEnum();
            act.RuleFor(a => a.Text).NotEmpty().MaximumLength(100).When(a => a.Kind is not (PlanActKind.List or PlanActKind.State));
            act.RuleFor(a => a.Days).InclusiveBetween(0, 365);
            act.RuleFor(a => a.Who).NotEmpty().EmailAddress().When(a => a.Kind is PlanActKind.Task);
            act.RuleFor(a => a.Days).GreaterThanOrEqualTo(1).When(a => a.Kind is PlanActKind.State);
            act.RuleFor(a => a.State).NotNull().IsInEnum().NotEqual(LeadState.Customer).When(a => a.Kind is PlanActKind.State);
            act.RuleFor(a => a.Segment).NotNull().When(a => a.Kind is PlanActKind.List);
        }).When(r => r.Act is not null);
    }
}

/// <summary>Why the plan refuses a rule.</summary>
public static class PlanErrors
{
    public static readonly Error NotFound = new(ErrorKind.NotFound, "plan.not_found", "There is no such rule of the plan.");

    public static readonly Error Changed =
        new(ErrorKind.Stale, "plan.changed", "The rule was changed meanwhile: open it again, then make your change.");

    public static readonly Error UnknownSegment =
        new(ErrorKind.Invalid, "plan.unknown_segment", "The segment of the rule does not exist, or is archived.");

    public static readonly Error TooSlow =
        new(ErrorKind.Unavailable, "plan.too_slow", "This rule takes too long to play on the past: restrict it to a segment.");

    public static readonly Error SameState =
        new(ErrorKind.Conflict, "plan.same_state", "The rule would move accounts to the state in which they are when it acts.");

    public static readonly Error Circle =
        new(ErrorKind.Conflict, "plan.circle", "The rule would add accounts to the segment whose entries start it.");
}
