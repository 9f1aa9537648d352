using Rcu.Cleaning.Formats;

namespace Rcu.Cleaning.Rules;

/// <summary>A yes or a no, as <c>true</c> or <c>false</c>.</summary>
internal sealed class BooleanRule(string field) : ICleaningRule
{
    public void Apply(Draft draft)
    {
        if (draft.Read(field) is not { } typed)
        {
            return;
        }

        if (FrenchBoolean.Read(typed) is { } answer)
        {
            draft.Set(field, answer ? "true" : "false");
        }
        else
        {
            draft.Refuse(field, "boolean.unreadable", typed, $"« {typed} » ne dit ni oui ni non.");
        }
    }
}
