using Rcu.Customers;

namespace Rcu.Cleaning.Rules;

/// <summary>The fields a company adds of its own: each is read as what its name says it holds.</summary>
internal sealed class CustomFieldRule : ICleaningRule
{
    public void Apply(Draft draft)
    {
        foreach (var field in draft.Named(CustomField.Prefix))
        {
            switch (CustomField.HeldBy(field))
            {
                case CustomValue.Number:
                    new AmountRule(field).Apply(draft);
                    break;
                case CustomValue.Date:
                    new DateRule(field).Apply(draft);
                    break;
                case CustomValue.YesNo:
                    new BooleanRule(field).Apply(draft);
                    break;
                default:
                    draft.Set(field, draft.Read(field));
                    break;
            }
        }
    }
}
