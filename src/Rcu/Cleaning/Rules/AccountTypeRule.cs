using Rcu.Identifiers;

namespace Rcu.Cleaning.Rules;

/// <summary>What a company is to us: <c>client</c>, <c>former</c>, <c>prospect</c> or <c>partner</c>.</summary>
internal sealed class AccountTypeRule : ICleaningRule
{
    public void Apply(Draft draft)
    {
        if (draft.Read("type") is not { } typed)
        {
            return;
        }

        var type = typed.Folded() switch
        {
            "CLIENT" or "CLIENTS" or "CUSTOMER" or "CLIENTE" or "CLI" => "client",
            "ANCIEN CLIENT" or "ANCIENS CLIENTS" or "ANCIENNE CLIENTE" or "EX CLIENT" or "CLIENT PERDU" or "CLIENT INACTIF" or "FORMER CUSTOMER" => "former",
            "PROSPECT" or "PROSPECTS" or "LEAD" or "SUSPECT" or "PISTE" => "prospect",
            "PARTENAIRE" or "PARTNER" or "PARTENAIRES" or "PRESCRIPTEUR" or "REVENDEUR" or "RESELLER" => "partner",
            _ => null,
        };
        if (type is null)
        {
            draft.Refuse("type", "account.unknown_type", typed, $"« {typed} » n'est ni client, ni ancien client, ni prospect, ni partenaire.");
        }

        draft.Set("type", type);
    }
}
