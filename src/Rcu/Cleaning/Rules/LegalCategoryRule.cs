using Rcu.Reference;

namespace Rcu.Cleaning.Rules;

/// <summary>The legal form that an INSEE category stands for: it is surer than what is written around a name.</summary>
internal sealed class LegalCategoryRule : ICleaningRule
{
    public void Apply(Draft draft)
    {
        if (draft.Read("legal_category") is { } category)
        {
            draft.Set("legal_category", category);
            draft.Set("legal_form", LegalForms.OfCategory(category)?.Code);
        }
    }
}
