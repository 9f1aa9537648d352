namespace Rcu.Cleaning.Rules;

/// <summary>A person cannot have agreed and refused at once: the refusal stands until somebody looks.</summary>
internal sealed class ConsentRule : ICleaningRule
{
    public void Apply(Draft draft)
    {
        if (draft["opt_in"] == "true" && draft["opt_out"] == "true")
        {
            draft.Warn("opt_in", "consent.contradiction", "true", "La source dit à la fois l'accord et l'opposition : l'opposition l'emporte.");
            draft.Set("opt_in", "false");
        }
    }
}
