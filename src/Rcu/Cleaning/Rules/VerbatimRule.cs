namespace Rcu.Cleaning.Rules;

/// <summary>What somebody said or noted, kept word for word.</summary>
internal sealed class VerbatimRule(string field) : ICleaningRule
{
    public void Apply(Draft draft) => draft.Set(field, draft.Verbatim(field));
}
