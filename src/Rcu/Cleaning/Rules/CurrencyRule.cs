namespace Rcu.Cleaning.Rules;

/// <summary>The three letters of a currency; euros when nothing says otherwise is for Unification to decide.</summary>
internal sealed class CurrencyRule : ICleaningRule
{
    public void Apply(Draft draft)
    {
        if (draft.Read("currency") is not { } typed)
        {
            return;
        }

        var code = typed.ToUpperInvariant() switch
        {
            "€" or "EURO" or "EUROS" => "EUR",
            "$" => "USD",
            "£" => "GBP",
            var other => other,
        };
        if (code.Length == 3 && code.All(char.IsAsciiLetter))
        {
            draft.Set("currency", code);
        }
        else
        {
            draft.Refuse("currency", "currency.unknown", typed, $"« {typed} » n'est pas une devise.");
        }
    }
}
