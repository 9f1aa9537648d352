using Rcu.Cleaning.Formats;

namespace Rcu.Cleaning.Rules;

/// <summary>An amount or a quantity, as an invariant decimal; its currency sign is kept aside.</summary>
internal sealed class AmountRule(string field) : ICleaningRule
{
    // Beyond what any company of the world invoices in a year: a sum of a million such amounts still fits.
    private const decimal Largest = 10_000_000_000_000m;

    public void Apply(Draft draft)
    {
        if (draft.Read(field) is not { } typed)
        {
            return;
        }

        if (FrenchAmount.Read(typed) is not { } amount)
        {
            draft.Refuse(field, "amount.unreadable", typed, $"« {typed} » n'est pas un montant.");
            return;
        }

        if (Math.Abs(amount.Value) > Largest)
        {
            draft.Refuse(field, "amount.too_large", typed, $"« {typed} » dépasse tout montant possible : sans doute un numéro mis dans la colonne d'un montant.");
            return;
        }

        if (amount.Ambiguous)
        {
            draft.Warn(field, "amount.ambiguous", typed, $"« {typed} » peut se lire en milliers ou en décimales ; lu {amount.Text}.");
        }

        draft.Set(field, amount.Text);
        if (amount.Currency is not null)
        {
            draft.Supply("currency", amount.Currency);
        }
    }
}
