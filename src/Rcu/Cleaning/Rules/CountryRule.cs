using Rcu.Reference;

namespace Rcu.Cleaning.Rules;

/// <summary>The two letters of a country. When the source is silent, the postal code may still say France (see <see cref="TownRule"/>).</summary>
internal sealed class CountryRule : ICleaningRule
{
    public void Apply(Draft draft)
    {
        if (draft.Read("country") is not { } typed)
        {
            return;
        }

        if (Countries.Find(typed) is { } code)
        {
            draft.Set("country", code);
        }
        else if (typed.Length == 2 && typed.All(char.IsAsciiLetter))
        {
            draft.Set("country", typed.ToUpperInvariant());
        }
        else
        {
            draft.Refuse("country", "country.unknown", typed, $"Le pays « {typed} » n'est pas reconnu.");
        }
    }
}
