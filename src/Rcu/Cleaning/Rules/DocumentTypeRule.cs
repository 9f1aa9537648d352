using System.Collections.Frozen;
using Rcu.Identifiers;

namespace Rcu.Cleaning.Rules;

/// <summary>What a commercial paper is, from its French or English name.</summary>
internal sealed class DocumentTypeRule : ICleaningRule
{
    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        ["QUOTE"] = "quote",
        ["DEVIS"] = "quote",
        ["PROPOSITION"] = "quote",
        ["OFFRE"] = "quote",
        ["ORDER"] = "order",
        ["COMMANDE"] = "order",
        ["BON DE COMMANDE"] = "order",
        ["BC"] = "order",
        ["DELIVERY"] = "delivery",
        ["LIVRAISON"] = "delivery",
        ["BON DE LIVRAISON"] = "delivery",
        ["BL"] = "delivery",
        ["INVOICE"] = "invoice",
        ["FACTURE"] = "invoice",
        ["FA"] = "invoice",
        ["CREDIT NOTE"] = "credit_note",
        ["AVOIR"] = "credit_note",
        ["NOTE DE CREDIT"] = "credit_note",
        ["AV"] = "credit_note",
        ["CONTRACT"] = "contract",
        ["CONTRAT"] = "contract",
        ["ABONNEMENT"] = "contract",

        // What electronic invoices write (UNTDID 1001).
        ["380"] = "invoice",
        ["384"] = "invoice",
        ["386"] = "invoice",
        ["389"] = "invoice",
        ["261"] = "credit_note",
        ["381"] = "credit_note",
        ["396"] = "credit_note",
    }.ToFrozenDictionary();

    public void Apply(Draft draft)
    {
        if (draft.Read("type") is not { } typed)
        {
            return;
        }

        if (Types.TryGetValue(typed.Folded(), out var type))
        {
            draft.Set("type", type);
        }
        else
        {
            draft.Refuse("type", "document.unknown_type", typed, $"« {typed} » n'est pas un type de pièce connu.");
        }
    }
}
