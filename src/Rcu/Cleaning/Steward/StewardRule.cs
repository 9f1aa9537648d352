using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Customers;
using Rcu.Data;

namespace Rcu.Cleaning.Steward;

/// <summary>One version of what a steward demands of the records of a kind: who set it and when. The last version is in force.</summary>
public sealed class StewardRule
{
    /// <summary>Short and stable: what people call the rule, « règle 7 ».</summary>
    public required int Number { get; init; }

    public required int Version { get; init; }

    public required string Name { get; init; }

    public required RecordKind Kind { get; init; }

    /// <summary>Of which records it is demanded; null for all.</summary>
    public RuleClause? Condition { get; init; }

    public required RuleClause Claim { get; init; }

    public required RuleEffect Effect { get; init; }

    /// <summary>The French sentence shown with a record that does not meet it.</summary>
    public required string Message { get; init; }

    public required RuleState State { get; init; }

    public required string SetBy { get; init; }

    public required DateTimeOffset SetAt { get; init; }

    /// <summary>The code of the problems it finds.</summary>
    public string Code => CodeOf(Number);

    public static string CodeOf(int number) => FormattableString.Invariant($"rule.{number}");
}

/// <summary>What becomes of a record that does not meet a rule.</summary>
public enum RuleEffect
{
    /// <summary>It comes in, with the problem beside it.</summary>
    Warn,

    /// <summary>It does not come in: it is a rejected row, with the reason.</summary>
    Block,
}

/// <summary>Whether a rule is in force.</summary>
public enum RuleState
{
    On,
    Off,
    Deleted,
}

internal sealed class StewardRuleTable : IEntityTypeConfiguration<StewardRule>
{
    public void Configure(EntityTypeBuilder<StewardRule> rule)
    {
        rule.ToTable("steward_rules");
        rule.HasKey(r => new { r.Number, r.Version });
        rule.Property(r => r.Condition).IsJson();
        rule.Property(r => r.Claim).IsJson();
        rule.Ignore(r => r.Code);
    }
}
