using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Customers;
using Rcu.Data;

namespace Rcu.Insight.Worth;

/// <summary>
/// How a lead is scored: what each signal is worth, how fast it fades, how much the part of its author in a purchase multiplies it, and
/// from which score each state begins.
/// </summary>
/// <param name="Signals">Points of one signal of today, by kind of interaction.</param>
/// <param name="HalfLifeDays">After so many days a signal is worth half.</param>
/// <param name="Roles">The weight of each function; one who has none weighs 1.</param>
/// <param name="StrategicHeadcount">From so many employees, a warm prospect is strategic.</param>
/// <param name="StrategicAmount">Or from so many euros of open opportunities.</param>
/// <param name="CustomerMonths">Whoever bought within so many months is a customer; before, a former one.</param>
public sealed record LeadModel(
    IReadOnlyDictionary<string, decimal> Signals,
    int HalfLifeDays,
    IReadOnlyDictionary<RoleFunction, decimal> Roles,
    int WarmFrom,
    int HotFrom,
    int StrategicHeadcount,
    decimal StrategicAmount,
    int CustomerMonths)
{
    /// <summary>What is in force until someone sets another.</summary>
    public static readonly LeadModel Default = new(
        new Dictionary<string, decimal>
        {
            ["form_sent"] = 20,
            ["meeting"] = 20,
            ["trade_show"] = 15,
            ["need"] = 15,
            ["call"] = 8,
            ["email_clicked"] = 5,
            ["survey"] = 4,
            ["page_viewed"] = 2,
            ["email_opened"] = 1,
        },
        30,
        new Dictionary<RoleFunction, decimal>
        {
            [RoleFunction.DecisionMaker] = 2,
            [RoleFunction.Payer] = 1.5m,
            [RoleFunction.Prescriber] = 1.5m,
            [RoleFunction.Influencer] = 1.2m,
            [RoleFunction.User] = 1,
            [RoleFunction.Employee] = 1,
        },
        15, 40, 250, 50_000, 24);
}

/// <summary>One version of the model: who set it and when.</summary>
public sealed class LeadModelVersion
{
    public required int Version { get; init; }

    public required LeadModel Model { get; init; }

    public required string SetBy { get; init; }

    public required DateTimeOffset SetAt { get; init; }
}

/// <summary>A change of state of an account, and its score at that moment.</summary>
public sealed class LeadMove
{
    public required Guid AccountId { get; init; }

    public required DateTimeOffset At { get; init; }

    public LeadState? FromState { get; init; }

    public required LeadState ToState { get; init; }

    public int Score { get; init; }
}

/// <summary>How wrong the expected value was on a day, in euros for each customer, beside the guess « as last year ».</summary>
public sealed class ValueTrial
{
    public required DateOnly Day { get; init; }

    public int Customers { get; init; }

    public decimal Actual { get; init; }

    public decimal Predicted { get; init; }

    public decimal Error { get; init; }

    public decimal NaiveError { get; init; }

    public DateTimeOffset ComputedAt { get; init; }
}

internal sealed class LeadModelTable : IEntityTypeConfiguration<LeadModelVersion>
{
    public void Configure(EntityTypeBuilder<LeadModelVersion> model)
    {
        model.ToTable("lead_models");
        model.HasKey(m => m.Version);
        model.Property(m => m.Version).ValueGeneratedNever();
        model.Property(m => m.Model).IsJson();
    }
}

internal sealed class LeadMoveTable : IEntityTypeConfiguration<LeadMove>
{
    public void Configure(EntityTypeBuilder<LeadMove> move)
    {
        move.ToTable("lead_moves");
        move.HasKey(m => new { m.AccountId, m.At });
    }
}

internal sealed class ValueTrialTable : IEntityTypeConfiguration<ValueTrial>
{
    public void Configure(EntityTypeBuilder<ValueTrial> trial)
    {
        trial.ToTable("value_trials");
        trial.HasKey(t => t.Day);
    }
}

internal sealed class LeadModelValidator : AbstractValidator<LeadModel>
{
    public LeadModelValidator()
    {
        RuleFor(m => m.Signals).NotEmpty().Must(signals => signals.Count <= 50 && signals.All(s => s.Key is { Length: > 0 and <= 50 } && s.Value is >= 0 and <= 1000));
        RuleFor(m => m.HalfLifeDays).InclusiveBetween(1, 3650);
        RuleFor(m => m.Roles).NotNull().Must(roles => roles.All(r => Enum.IsDefined(r.Key) && r.Value is >= 0 and <= 10));
        RuleFor(m => m.WarmFrom).InclusiveBetween(1, 100);
        RuleFor(m => m.HotFrom).InclusiveBetween(1, 100).GreaterThan(m => m.WarmFrom);
        RuleFor(m => m.StrategicHeadcount).GreaterThan(0);
        RuleFor(m => m.StrategicAmount).GreaterThan(0);
        RuleFor(m => m.CustomerMonths).InclusiveBetween(1, 120);
    }
}
