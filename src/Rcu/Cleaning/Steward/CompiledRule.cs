namespace Rcu.Cleaning.Steward;

/// <summary>A rule ready to be asked of a million records.</summary>
internal sealed class CompiledRule(StewardRule rule, CompiledClause? condition, CompiledClause claim)
{
    public RuleEffect Effect => rule.Effect;

    public int Number => rule.Number;

    public int Version => rule.Version;

    /// <summary>Null and why, when the rule means nothing.</summary>
    public static CompiledRule? Read(StewardRule rule, DateOnly today, out Error? refusal)
    {
        refusal = null;
        var condition = rule.Condition is null ? null : CompiledClause.Read(rule.Condition, today, out refusal);
        return refusal is null && CompiledClause.Read(rule.Claim, today, out refusal) is { } claim ? new CompiledRule(rule, condition, claim) : null;
    }

    /// <summary>The problem of a record that does not meet the rule; null for one that does, or of which the rule says nothing.</summary>
    public Issue? Find(IReadOnlyDictionary<string, string> fields) =>
        condition is not null && condition.Holds(fields) is not true || claim.Holds(fields) is not false
            ? null
            : new Issue(
                claim.Field, rule.Code, fields.GetValueOrDefault(claim.Field), rule.Effect is RuleEffect.Block ? Severity.Error : Severity.Warning, rule.Message);
}
