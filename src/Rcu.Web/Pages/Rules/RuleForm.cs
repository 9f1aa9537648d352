using Rcu.Cleaning.Steward;
using Rcu.Customers;

namespace Rcu.Web.Pages.Rules;

/// <summary>A rule as a person types it.</summary>
public sealed class RuleForm
{
    public string Name { get; set; } = "";

    public RecordKind Kind { get; set; }

    public ClauseForm When { get; set; } = new();

    public ClauseForm Then { get; set; } = new();

    public RuleEffect Effect { get; set; }

    public string Message { get; set; } = "";

    public int? Version { get; set; }

    public static RuleForm Of(StewardRule rule) => new()
    {
        Name = rule.Name,
        Kind = rule.Kind,
        When = ClauseForm.Of(rule.Condition),
        Then = ClauseForm.Of(rule.Claim),
        Effect = rule.Effect,
        Message = rule.Message,
        Version = rule.Version,
    };

    public SaveRule ToCommand() => new(Name ?? "", Kind, Then.ToClause(), Effect, Message ?? "", string.IsNullOrEmpty(When.Field) ? null : When.ToClause(), Version);
}

/// <summary>One clause as a person types it: what its test does not need is left aside.</summary>
public sealed class ClauseForm
{
    public string? Field { get; set; }

    public RuleTest Test { get; set; }

    public string? Value { get; set; }

    public string? High { get; set; }

    public string? Other { get; set; }

    public static ClauseForm Of(RuleClause? clause) => clause is null ? new() : new()
    {
        Field = clause.Field,
        Test = clause.Test,
        Value = clause.Value,
        High = clause.High,
        Other = clause.Other,
    };

    public RuleClause ToClause()
    {
        var compares = Test is RuleTest.SameAs or RuleTest.DiffersFrom or RuleTest.After or RuleTest.NotBefore;
        var ranges = Test is RuleTest.Between or RuleTest.LengthBetween;
        var plain = Test is RuleTest.Filled or RuleTest.Empty;
        return new RuleClause(
            Field ?? "", Test, plain || compares ? null : Value?.Trim(), ranges ? High?.Trim() : null, compares && !string.IsNullOrEmpty(Other) ? Other : null);
    }
}
