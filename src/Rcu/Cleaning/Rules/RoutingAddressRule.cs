using Rcu.Identifiers;

namespace Rcu.Cleaning.Rules;

/// <summary>Where a company receives its electronic invoices.</summary>
internal sealed class RoutingAddressRule : ICleaningRule
{
    public void Apply(Draft draft)
    {
        if (draft.Read("routing_address") is not { } typed)
        {
            return;
        }

        if (RoutingAddress.TryParse(typed, null, out var address))
        {
            draft.Set("routing_address", address.Value);
        }
        else
        {
            draft.Refuse(
                "routing_address", "routing_address.unreadable", typed,
                $"« {typed} » n'est pas une adresse de routage : attendu Siren, Siren_Siret, Siren_Siret_code ou Siren_suffixe.");
        }
    }
}
